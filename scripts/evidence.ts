import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import { UsageError } from '../lib/errors';
import type { SummaryMember } from '../lib/summary/summary';
import { isFolder } from './each-environment';
import { FLEET_OPTIONS, type FleetChoice } from './fleet-options';
import {
  isForOne,
  keepSummary,
  MANY_FORMAT,
  MANY_OPTIONS,
  type ManyChoice,
  manyTask,
  printSummary,
  requireNoneForOne,
} from './many';
import { toolOf } from './tool';
import { type Context, printJson, printText, type Task, type Verb } from './verb';

interface EvidenceOptions {
  readonly folder: string;
  readonly manifestSha256?: string | undefined;
  readonly format: 'text' | 'json';
}

interface EvidenceManyOptions extends ManyChoice {
  readonly folders: readonly string[];
  readonly manifestSha256?: string | undefined;
}

const SHA256 = /^[0-9a-f]{64}$/;

export const evidenceVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('act', {
          choices: ['verify', 'collect', 'summary'] as const,
          demandOption: true,
          describe: 'Check folders, join what hosts handed back, or sum up a fleet',
        })
        .positional('folder', {
          type: 'string',
          array: true,
          demandOption: true,
          describe:
            'Folders that --evidence named, or a folder of such; for collect, folders of what hosts handed back',
        })
        .option('manifest-sha256', {
          type: 'string',
          requiresArg: true,
          describe: 'Expected SHA-256 of manifest.json; any other value is a failure',
        })
        .option('into', {
          type: 'string',
          requiresArg: true,
          default: 'evidence',
          describe: 'collect: folder with an evidence folder for each environment',
        })
        .options(FLEET_OPTIONS)
        .options(MANY_OPTIONS)
        .option('format', MANY_FORMAT)
        .example('$0 evidence verify evidence/aes-256', 'ends with 1 when a file is missing, changed or not listed')
        .example('$0 evidence verify evidence/aes-256 --format json', 'the same for a pipeline')
        .example('$0 evidence collect results --into evidence', 'joins verifications that hosts handed back')
        .example('$0 evidence summary evidence --format markdown', 'one page for the fleet'),
    (options) => choose(taskOf(options.act, { ...options, folders: options.folder })),
  );

interface EvidenceActs extends EvidenceManyOptions, Omit<FleetChoice, 'folders'> {
  readonly into: string;
}

type Act = 'verify' | 'collect' | 'summary';

/** The options of some acts alone. */
const ACTS_OF = {
  manifestSha256: { option: '--manifest-sha256', acts: ['verify'] },
  onlyFailed: { option: '--only-failed', acts: ['verify'] },
  summary: { option: '--summary', acts: ['verify', 'collect'] },
  asOf: { option: '--as-of', acts: ['summary'] },
  out: { option: '--out', acts: ['summary'] },
} as const satisfies Partial<Record<keyof EvidenceActs, { readonly option: string; readonly acts: readonly Act[] }>>;

/** @throws {UsageError} `BadArguments` */
function requireOptionsOf(act: Act, options: EvidenceActs): void {
  for (const [key, { option, acts }] of Object.entries(ACTS_OF)) {
    const isTaken = (acts as readonly Act[]).includes(act);
    if (isTaken || options[key as keyof typeof ACTS_OF] === undefined) continue;
    throw new UsageError(
      'BadArguments',
      `'${option}' must go with evidence ${acts.join(' or ')}, got: evidence ${act}\nLeave it out`,
    );
  }
}

function taskOf(act: Act, options: EvidenceActs): Task {
  requireOptionsOf(act, options);
  const { fleetTask } = require('./evidence-summary') as typeof import('./evidence-summary');
  return { verify: evidenceAll, collect: collectTask, summary: fleetTask }[act](options);
}

/** Joins what hosts handed back, folder by folder. */
function collectTask({ folders, into, format, summary: file }: EvidenceActs): Task {
  return async (context) => {
    const { collectEvidence } = require('./collect-evidence') as typeof import('./collect-evidence');
    const { summarize } = require('../lib/summary/summary') as typeof import('../lib/summary/summary');
    const members: SummaryMember[] = [];
    for (const folder of folders) members.push(...(await collectEvidence(folder, into, context)));
    const summary = summarize('evidence collect', members, toolOf(context.root));
    printSummary(summary, { format }, context);
    if (file !== undefined) await keepSummary(summary, file, context);
    return summary.verdict === 'pass' ? 0 : 2;
  };
}

function evidenceAll(options: EvidenceManyOptions): Task {
  return (context) => {
    const { manifestSha256 } = options;
    const names = options.folders.flatMap((name) => evidenceIn(name, context));
    const taskFor = (folder: string, format: 'text' | 'json') => evidenceTask({ folder, manifestSha256, format });
    const [only = ''] = names;
    if (isForOne(names.length, options)) return taskFor(only, options.format)(context);
    const fix = 'Verify each by itself: vault-env evidence verify <folder> --manifest-sha256 <sum>';
    requireNoneForOne([{ option: '--manifest-sha256', given: manifestSha256, fix }], names.length);
    return manyTask({ verb: 'evidence verify', names, taskFor }, options)(context);
  };
}

/** A folder without a manifest stands for those in it that have one. */
function evidenceIn(name: string, context: Context): readonly string[] {
  const path = resolve(context.folder, name);
  const hasManifest = (place: string) => existsSync(join(place, 'manifest.json'));
  if (hasManifest(path) || !isFolder(name, context)) return [name];
  const inside = readdirSync(path)
    .sort()
    .filter((entry) => hasManifest(join(path, entry)));
  return inside.length === 0 ? [name] : inside.map((entry) => join(name, entry));
}

function evidenceTask({ folder: name, manifestSha256, format }: EvidenceOptions): Task {
  return async ({ io, folder }) => {
    requireSha256(manifestSha256);
    const { verifyEvidence, renderEvidenceText } = require('../lib/evidence') as typeof import('../lib/evidence');
    const verification = await verifyEvidence(resolve(folder, name), { manifestSha256 });
    if (format === 'json') printJson(io, verification);
    else printText({ io }, renderEvidenceText(verification, { paint: painter(io.useColour) }));
    return verification.verdict === 'pass' ? 0 : 1;
  };
}

function requireSha256(sum: string | undefined): void {
  if (sum === undefined || SHA256.test(sum)) return;
  throw new UsageError('BadArguments', `'--manifest-sha256' must be 64 hexadecimal digits in lower case, got: ${sum}`);
}
