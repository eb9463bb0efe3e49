import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Adoption } from '../lib/adoption/adoption';
import { painter } from '../lib/cli/colour';
import { createProgress } from '../lib/cli/progress';
import { awsSurroundings } from './aws-surroundings';
import { requireEnvironment, synthesizedText } from './synthesized-text';
import {
  ACCEPT_OTHER_ENDPOINTS,
  type Context,
  ENVIRONMENTS,
  jsonText,
  printText,
  shortPath,
  type Task,
  type Verb,
} from './verb';

interface AdoptOptions {
  readonly environment: string;
  readonly environments: string;
  readonly operatorProfile?: string | undefined;
  readonly waivers?: string | undefined;
  readonly out?: string | undefined;
  readonly format: 'text' | 'json' | 'html';
  readonly write: boolean;
  readonly acceptOtherEndpoints: boolean;
}

export const adoptVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('environment', { type: 'string', demandOption: true, describe: 'Name of the environment' })
        .option('environments', ENVIRONMENTS)
        .option('operator-profile', {
          type: 'string',
          requiresArg: true,
          describe: 'Profile of the AWS config to read with; without it the usual credentials are taken',
        })
        .option('waivers', {
          type: 'string',
          requiresArg: true,
          describe: 'YAML file with the losses that somebody answers for (accept, with loss)',
        })
        .option('out', { type: 'string', requiresArg: true, describe: 'File to write the report to' })
        .option('format', {
          choices: ['text', 'json', 'html'] as const,
          default: 'text' as const,
          describe: 'Format of the report',
        })
        .option('write', {
          type: 'boolean',
          default: false,
          describe: 'Also write the lines that take over and keep what exists into the environment file, with comments',
        })
        .option('accept-other-endpoints', ACCEPT_OTHER_ENDPOINTS)
        .example('$0 adopt acme', 'says what would be imported and made, and what would change or be lost')
        .example('$0 adopt acme --format html --out adopt.html', 'the same as a page')
        .example('$0 adopt acme --write', 'writes what it takes to keep things as they are into the file')
        .example('$0 adopt acme --waivers adopt.yaml', 'with the losses that somebody answers for'),
    (options) => choose(adoptTask(options)),
  );

function adoptTask(options: AdoptOptions): Task {
  return async (context) => {
    requireEnvironment(options, context);
    const adoption = await examine(options, context);
    const text = render(adoption, options, context);
    if (options.out === undefined && options.format === 'text') printText(context, text);
    else if (options.out === undefined) context.io.result(text);
    else await library().writeNamedFile(resolve(context.folder, options.out), text);
    if (options.write) await writeLines(adoption, options, context);
    return adoption.verdict === 'pass' ? 0 : 1;
  };
}

function library() {
  return require('../lib/backup-environment') as typeof import('../lib/backup-environment');
}

async function examine(options: AdoptOptions, context: Context): Promise<Adoption> {
  const { connectControlPlane } = require('../lib/aws/control-plane') as typeof import('../lib/aws/control-plane');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { loadEnvironments } = require('../lib/config/load') as typeof import('../lib/config/load');
  const { examineAdoption } =
    require('../lib/adoption/examine-adoption') as typeof import('../lib/adoption/examine-adoption');
  const { readWanted } = require('../lib/adoption/wanted') as typeof import('../lib/adoption/wanted');
  const { io, env, folder, signal } = context;
  const { operatorProfile: profile, acceptOtherEndpoints: acceptsOtherEndpoints } = options;
  const [environment] = loadEnvironments({
    folder: resolve(folder, options.environments),
    names: [options.environment],
  });
  if (environment === undefined) throw new Error(`no environment '${options.environment}' was loaded`);
  const wanted = readWanted(
    environment,
    await synthesizedText(options, context),
    join(environment.name, 'cdk.tf.json'),
  );
  const accepted = readAccepted(environment.name, options.waivers, context);
  const controlPlane = connectControlPlane({
    region: environment.region,
    ...awsSurroundings(env),
    signal,
    ...(profile !== undefined && { profile }),
  });
  const progress = createProgress(io);
  progress.show(`Reading what exists of ${environment.name}`);
  try {
    const catalogue = await loadCatalogue();
    return await examineAdoption({ wanted, controlPlane, catalogue, accepted, now: new Date(), acceptsOtherEndpoints });
  } finally {
    progress.end();
    controlPlane.close();
  }
}

async function writeLines(
  adoption: Adoption,
  { environment: name, environments }: AdoptOptions,
  { io, folder }: Context,
): Promise<void> {
  const { chooseFiles } = require('../lib/config/choose-files') as typeof import('../lib/config/choose-files');
  const { loadEnvironments } = require('../lib/config/load') as typeof import('../lib/config/load');
  const { proposedLines, withLines } = require('../lib/adoption/proposal') as typeof import('../lib/adoption/proposal');
  const chosen = { folder: resolve(folder, environments), names: [name] };
  const [file] = chooseFiles(chosen);
  const [environment] = loadEnvironments(chosen);
  if (file === undefined || environment === undefined) throw new Error(`no environment '${name}' was loaded`);
  const lines = proposedLines(adoption, environment.adopt);
  if (lines.length > 0)
    await library().writeNamedFile(file.file, withLines(readFileSync(file.file, 'utf8'), lines), '--environments');
  const written = lines.map(({ path }) => path).join(', ') || 'nothing';
  const needsPeople = lines.some(({ path }) => path === 'bucketPolicy.keep');
  const next = needsPeople ? '; say reason and owner of each kept statement, and run adopt again' : '; run adopt again';
  io.note(`written to ${shortPath(file.file, folder)}: ${written}${lines.length > 0 ? next : ''}\n`);
}

function readAccepted(environment: string, waivers: string | undefined, { folder }: Context) {
  if (waivers === undefined) return [];
  const { parseWaivers } =
    require('../lib/audit/waivers/parse-waivers') as typeof import('../lib/audit/waivers/parse-waivers');
  const { entriesFor } = require('../lib/audit/waivers/waiver') as typeof import('../lib/audit/waivers/waiver');
  const { readTextFile } = require('../lib/cli/text-file') as typeof import('../lib/cli/text-file');
  const fix = 'Name a YAML file of waivers with --waivers';
  const text = readTextFile({ path: resolve(folder, waivers), name: waivers, code: 'NoWaivers', fix });
  return entriesFor(environment, parseWaivers(text, waivers), waivers).losses;
}

function render(adoption: Adoption, { format }: AdoptOptions, { io }: Context): string {
  if (format === 'json') return jsonText(adoption);
  if (format === 'html') {
    const { renderAdoptionPage } =
      require('../lib/adoption/reports/html') as typeof import('../lib/adoption/reports/html');
    return renderAdoptionPage(adoption);
  }
  const { renderAdoption } = require('../lib/adoption/reports/text') as typeof import('../lib/adoption/reports/text');
  return renderAdoption(adoption, painter(io.useColour));
}
