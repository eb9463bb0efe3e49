import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { DEFAULTS_FILE } from '../lib/config/environment-files';
import type { NewEnvironment } from '../lib/config/new-file';
import { ConfigError, ToolkitError, UsageError } from '../lib/errors';
import { hostAnswers, INIT_OPTIONS, type InitOptions } from './init-options';
import { type Context, shortPath, type Task, type Verb } from './verb';

export const initVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', { type: 'string', demandOption: true, describe: 'Name of the new environment' })
        .options(INIT_OPTIONS)
        .example(
          '$0 init acme --account 111122223333 --region us-east-2 --bucket acme-vault',
          'writes environments/acme.yaml',
        ),
    (options) =>
      choose(initTask({ ...options, account: options.account?.toString(), hostAnswers: hostAnswers(options) })),
  );

function initTask(options: InitOptions): Task {
  return async (context) => {
    const { io, folder } = context;
    const { newEnvironmentText } = require('../lib/config/new-file') as typeof import('../lib/config/new-file');
    const { writeFiles } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
    const environments = resolve(folder, options.environments);
    const name = `${options.name}.yaml`;
    requireNewFile(environments, options, context);
    const content = newEnvironmentText(toEnvironment(options), schemaFrom(environments, context));
    requireValid(content, options.name, name);
    const [file = ''] = await writeFiles(environments, [{ name, text: content }], '--environments');
    io.result(`${shortPath(file, folder)}\n`);
    io.note(`Read it, then try it: vault-env prove ${options.name}, vault-env rehearse ${options.name}\n`);
    return 0;
  };
}

/** @throws {ToolkitError} `EnvironmentExists` */
function requireNewFile(environments: string, { name }: InitOptions, { folder }: Context): void {
  if (`${name}.yaml` === DEFAULTS_FILE)
    throw new UsageError(
      'BadArguments',
      `'${name}' must be another name: ${DEFAULTS_FILE} holds what environments share`,
    );
  const found = ['.yaml', '.yml'].map((ending) => join(environments, `${name}${ending}`)).find(existsSync);
  if (found === undefined) return;
  const file = shortPath(found, folder);
  throw new ToolkitError(
    'EnvironmentExists',
    `'${name}' must be a new environment, got: one that ${file} describes\nEdit that file, or choose another name`,
  );
}

/** @throws {UsageError} `BadArguments`, with every flag that is missing */
function toEnvironment(options: InitOptions): NewEnvironment {
  const { name, account = '', region = '', bucket = '', label = name, ...others } = options;
  const missing = missingFlags({ account, region, bucket, ...others.hostAnswers });
  if (missing.length > 0)
    throw new UsageError('BadArguments', `'init' must be given ${missing.join(', ')}, got: none of them`);
  const { encryption: method, host: kind, hostAnswers: answers, otherBucket, accessLog } = others;
  return { label, account, region, bucket, method, host: { kind, answers }, otherBucket, accessLog };
}

function missingFlags(flags: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(flags).flatMap(([flag, value]) => (value === '' ? [`--${flag}`] : []));
}

function schemaFrom(environments: string, { root }: Context): string {
  return relative(environments, join(root, 'schemas', 'environment.schema.json'))
    .split(sep)
    .join('/');
}

/** @throws {ConfigError} `BadEnvironment`, before anything is written */
function requireValid(content: string, name: string, file: string): void {
  const { parseEnvironment } = require('../lib/config/parse') as typeof import('../lib/config/parse');
  const parsed = parseEnvironment(content, name, file);
  if ('issues' in parsed) throw new ConfigError('BadEnvironment', parsed.issues);
}
