import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { DEFAULTS_FILE } from '../lib/config/choose-files';
import type { NewEnvironment, NewHost } from '../lib/config/new-file';
import { ConfigError, ToolkitError, UsageError } from '../lib/errors';
import { type Context, ENVIRONMENTS, shortPath, type Task, type Verb } from './verb';

interface InitOptions {
  readonly name: string;
  readonly environments: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly bucket: string | undefined;
  readonly label: string | undefined;
  readonly encryption: NewEnvironment['method'];
  readonly host: NewHost['kind'];
  readonly role: string | undefined;
  readonly trustAnchor: string | undefined;
  readonly commonName: string | undefined;
  readonly otherBucket: string | undefined;
  readonly accessLog: string | undefined;
}

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;

export const initVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', { type: 'string', demandOption: true, describe: 'Name of the new environment' })
        .option('environments', ENVIRONMENTS)
        .option('account', text("The AWS account's 12 digits"))
        .option('region', text('Region of the bucket'))
        .option('bucket', text('Bucket to create'))
        .option('label', text("What Vault's administrator types as the label [default: the name]"))
        .option('encryption', {
          choices: ['AES-256', 'AWS-KMS'] as const,
          default: 'AWS-KMS' as const,
          describe: 'Default encryption, in the words of Vault',
        })
        .option('host', {
          choices: ['ec2', 'existing-role', 'on-premises'] as const,
          default: 'ec2' as const,
          describe: 'The machine that Vault runs on',
        })
        .option('role', text('ARN of the role that the host has, with --host existing-role'))
        .option('trust-anchor', text('ARN of the trust anchor, with --host on-premises'))
        .option('common-name', text("Common name of the host's certificate, with --host on-premises"))
        .option('other-bucket', text('An existing bucket that the role must not reach'))
        .option('access-log', text('An existing bucket that takes the access logs [default: that of the account base]'))
        .example(
          '$0 init acme --account 111122223333 --region us-east-2 --bucket acme-vault',
          'writes environments/acme.yaml',
        ),
    (options) => choose(initTask({ ...options, account: options.account?.toString() })),
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
  const { name, account = '', region = '', bucket = '', label = name, encryption, otherBucket, accessLog } = options;
  const missing = missingFlags({ account, region, bucket, ...hostFlags(options) });
  if (missing.length > 0)
    throw new UsageError('BadArguments', `'init' must be given ${missing.join(', ')}, got: none of them`);
  return { label, account, region, bucket, method: encryption, host: toHost(options), otherBucket, accessLog };
}

function hostFlags({ host, role = '', trustAnchor = '', commonName = '' }: InitOptions): Record<string, string> {
  if (host === 'existing-role') return { role };
  return host === 'on-premises' ? { 'trust-anchor': trustAnchor, 'common-name': commonName } : {};
}

function missingFlags(flags: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(flags).flatMap(([flag, value]) => (value === '' ? [`--${flag}`] : []));
}

function toHost({ host: kind, role = '', trustAnchor = '', commonName = '' }: InitOptions): NewHost {
  if (kind === 'existing-role') return { kind, role };
  return kind === 'on-premises' ? { kind, trustAnchor, commonName } : { kind };
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
