import { resolve } from 'node:path';
import { describeFailure } from '../lib/cli/failure';
import type { ExitCode, Io } from '../lib/cli/io';
import { badEnvironments } from '../lib/errors';
import type { SummaryMember } from '../lib/summary/summary';
import type { Synthesis } from '../lib/synthesis/synthesize';
import { ACCOUNT_BASE, accountPlaceOf } from './account-base-option';
import { onlyFailed, passedBefore, readSummary } from './last-summary';
import { keepSummary, MANY_OPTIONS } from './many';
import { noteUnreadFolders } from './note-unread-folders';
import { toolOf } from './tool';
import {
  type Context,
  ENVIRONMENTS,
  FORMAT,
  NAMES_OR_ALL,
  printJson,
  printText,
  shortPath,
  type Task,
  type Verb,
} from './verb';

interface SynthOptions {
  readonly environments: string;
  readonly names: readonly string[];
  readonly accountBase: readonly string[] | undefined;
  readonly out: string;
  readonly format: 'text' | 'json';
  readonly scanner: 'checkov' | undefined;
  readonly waivers: string | undefined;
  readonly summary: string | undefined;
  readonly onlyFailed: string | undefined;
}

export const synthVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', NAMES_OR_ALL)
        .option('environments', ENVIRONMENTS)
        .option('account-base', ACCOUNT_BASE)
        .option('out', {
          type: 'string',
          requiresArg: true,
          default: 'cdktf.out',
          describe: 'Folder to write to; other files in it stay, and Terraform keeps its state beside it',
        })
        .options(MANY_OPTIONS)
        .option('format', FORMAT)
        .option('scanner', {
          choices: ['checkov'] as const,
          describe:
            'Also write its settings beside each stack: skips for what the audit waives or inherits, with reasons',
        })
        .option('waivers', {
          type: 'string',
          requiresArg: true,
          implies: 'scanner',
          describe: 'YAML file of waivers, which the settings of the scanner follow',
        })
        .example('$0 synth', 'synthesizes every environment into cdktf.out/stacks')
        .example('$0 synth aes-256', 'synthesizes one environment')
        .example('$0 synth --account-base 111122223333 us-east-2', 'synthesizes the bucket for the access logs')
        .example('$0 synth --scanner checkov', 'writes a .checkov.yaml beside each stack too'),
    (options) => choose(synthTask({ ...options, names: options.name })),
  );

function synthTask(options: SynthOptions): Task {
  return async (context) => {
    const { io, root, env, folder, signal } = context;
    const { synthesizeEach } = require('../lib/synthesis/synthesize') as typeof import('../lib/synthesis/synthesize');
    const environmentsFolder = resolve(folder, options.environments);
    const choice = chooseNames(options, environmentsFolder, context);
    if (options.names.length === 0 && options.accountBase === undefined)
      noteUnreadFolders(options.environments, context);
    if (choice === undefined) return tell({ stacks: [], broken: [] }, options, context);
    const synthesis = await synthesizeEach({
      root,
      outFolder: resolve(folder, options.out),
      environmentsFolder,
      names: choice.names,
      accountBase: accountPlaceOf(options),
      env,
      signal,
      onNote: ({ kind, path, because }) => io.note(`${kind} ${shortPath(path, folder)}: ${because}\n`),
    });
    const { stacks } = synthesis;
    if (options.scanner === 'checkov') {
      const { writeCheckovSettings } = require('./scanner-settings') as typeof import('./scanner-settings');
      await writeCheckovSettings({ ...options, stacks, asOf: new Date().toISOString().slice(0, 10) }, context);
    }
    if (options.summary !== undefined) await summarizeSynthesis(synthesis, choice.passed, options.summary, context);
    return tell(synthesis, options, context);
  };
}

interface Chosen {
  readonly names: readonly string[];
  /** Those of the last summary that are not synthesized again. */
  readonly passed: readonly SummaryMember[];
}

/** The environments that were typed; of them, or of all, those that did not pass; undefined when all passed. */
function chooseNames(options: SynthOptions, folder: string, context: Context): Chosen | undefined {
  if (options.onlyFailed === undefined) return { names: options.names, passed: [] };
  const { chooseFiles } = require('../lib/config/choose-files') as typeof import('../lib/config/choose-files');
  const all = chooseFiles({ folder, names: options.names }).map(({ name }) => name);
  const last = readSummary('synth', options.onlyFailed, context);
  const names = onlyFailed(all, last, context);
  return names.length === 0 ? undefined : { names, passed: passedBefore(last, all, names) };
}

function tell({ stacks, broken }: Synthesis, { format }: SynthOptions, { io, folder }: Context): ExitCode {
  if (stacks.length === 0 && broken.length > 0) throw badEnvironments(broken);
  if (format === 'json') printJson(io, { version: 1, stacks, broken });
  else printText({ io }, stacks.map((stack) => `${stack.name}  ${shortPath(stack.folder, folder)}\n`).join(''));
  if (broken.length === 0) return 0;
  tellBroken({ stacks, broken }, io);
  return 2;
}

function tellBroken({ stacks, broken }: Synthesis, io: Io): void {
  io.note(describeFailure(badEnvironments(broken)));
  const names = broken.map(({ name }) => name).join(', ');
  io.note(`${stacks.length} of ${stacks.length + broken.length} synthesized; broken: ${names}\n`);
}

async function summarizeSynthesis(
  { stacks, broken }: Synthesis,
  passed: readonly SummaryMember[],
  file: string,
  context: Context,
): Promise<void> {
  const { summarize } = require('../lib/summary/summary') as typeof import('../lib/summary/summary');
  const members = [
    ...passed,
    ...stacks.map(({ name }) => ({ name, outcome: 'pass' as const, durationMs: 0 })),
    ...broken.map(({ name, issues }) => {
      const { code, message } = badEnvironments([{ issues }]);
      return { name, outcome: 'error' as const, durationMs: 0, error: { code, message } };
    }),
  ];
  const inOrder = members.sort((left, right) => (left.name < right.name ? -1 : 1));
  await keepSummary(summarize('synth', inOrder, toolOf(context.root)), file, context);
}
