import { basename, dirname, resolve } from 'node:path';
import type { BackupEnvironment } from '../lib/backup-environment';
import { UsageError } from '../lib/errors';
import type { VerificationFormat } from '../lib/verify/report';
import type { Verification } from '../lib/verify/result/verification';
import { CLEANING_OPTIONS, type CleaningChoice, cleanConfig, cleaningFormat } from './clean-leftovers';
import { readConfig } from './read-config';
import { type Context, jsonText, type Task, type Verb } from './verb';
import { type HostChoice, verifyConfigAsHost } from './verify-as-host';
import { isAsOperator, OPERATOR_OPTIONS, type OperatorChoice, verifyConfigAsOperator } from './verify-as-operator';

interface VerifyOptions extends OperatorChoice, CleaningChoice, Omit<HostChoice, 'timeoutMs' | 'settleMs'> {
  readonly config: string;
  readonly timeout: number;
  readonly settle: number;
  readonly out?: string | undefined;
  readonly format: VerificationFormat;
}

const DEFAULT_TIMEOUT_SECONDS = 60;
const DEFAULT_SETTLE_SECONDS = 60;
const DEFAULT_CONCURRENCY = 24;

export const verifyVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('config', { type: 'string', demandOption: true, describe: 'The backup-environment.json to verify' })
        .option('other-bucket', {
          type: 'string',
          requiresArg: true,
          describe: "An existing bucket that the role must not reach [default: the config's own]",
        })
        .option('timeout', {
          type: 'number',
          requiresArg: true,
          default: DEFAULT_TIMEOUT_SECONDS,
          describe: 'Seconds to wait for changed permissions to arrive',
        })
        .options(OPERATOR_OPTIONS)
        .options(CLEANING_OPTIONS)
        .option('settle', {
          type: 'number',
          requiresArg: true,
          default: DEFAULT_SETTLE_SECONDS,
          describe: 'Seconds without a change before a refusal is believed; 0 believes the first',
        })
        .option('concurrency', {
          type: 'number',
          requiresArg: true,
          default: DEFAULT_CONCURRENCY,
          describe: 'Checks under way at the same time; fewer where a proxy takes few connections',
        })
        .option('without', {
          type: 'string',
          array: true,
          nargs: 1,
          default: [],
          describe:
            'Id of a check to leave out, such as administer-iam on a host that cannot reach IAM; may be repeated',
        })
        .option('out', { type: 'string', requiresArg: true, describe: 'File that also receives the JSON document' })
        .option('evidence', {
          type: 'string',
          requiresArg: true,
          describe: 'Evidence folder, as of vault-env audit, that also receives config and result',
        })
        .option('format', {
          choices: Object.keys(renderers()) as VerificationFormat[],
          default: 'text' as const,
          describe: 'Format of the result on standard output',
        })
        .example('$0 verify backup-environment.json', 'verifies with the credentials of the instance profile')
        .example(
          '$0 verify backup-environment.json --operator-profile audit',
          'reads the configuration as an administrator',
        )
        .example(
          '$0 verify backup-environment.json --evidence evidence/aes-256',
          'joins the audit, so that evidence verify says whether they are about one stack',
        )
        .example('$0 verify backup-environment.json --clean', 'removes what a run that was killed left behind')
        .example('$0 verify backup-environment.json --format json --out verification.json', 'keeps the result'),
    (options) => choose(verifyTask(options)),
  );

function verifyTask(options: VerifyOptions): Task {
  return async (context) => {
    const timeoutMs = 1_000 * requireNumber('--timeout', 'seconds', options.timeout);
    const settleMs = 1_000 * requireNumber('--settle', 'seconds', options.settle);
    const olderThanMs = 60_000 * requireNumber('--older-than', 'minutes', options.olderThan);
    requireCount('--concurrency', options.concurrency);
    const config = readConfig(options.config, context.folder);
    if (options.clean) return cleanConfig(config, olderThanMs, { ...context, format: cleaningFormat(options.format) });
    const verification = isAsOperator(options)
      ? await verifyConfigAsOperator(config, options, context)
      : await verifyConfigAsHost(config, { ...options, timeoutMs, settleMs }, context);
    if (options.evidence !== undefined) await keepAsEvidence(config, verification, { name: options.evidence, context });
    context.io.result(renderers()[options.format](verification, context.io));
    if (options.out !== undefined) await keep(verification, resolve(context.folder, options.out));
    return verification.verdict === 'pass' ? 0 : 1;
  };
}

function requireNumber(option: string, unit: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new UsageError('BadArguments', `'${option}' must be a number of ${unit} from 0, got: ${value}`);
}

function requireCount(option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new UsageError('BadArguments', `'${option}' must be a whole number from 1, got: ${value}`);
}

function renderers() {
  return (require('../lib/verify/report') as typeof import('../lib/verify/report')).RENDERERS;
}

async function keep(verification: Verification, file: string): Promise<void> {
  const { writeFiles } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  await writeFiles(dirname(file), [{ name: basename(file), text: jsonText(verification) }]);
}

interface EvidencePlace {
  /** The folder as it was typed. */
  readonly name: string;
  readonly context: Context;
}

/** Each half has a file of its own, so that one does not replace the other. */
async function keepAsEvidence(
  config: BackupEnvironment,
  verification: Verification,
  { name, context }: EvidencePlace,
): Promise<void> {
  const { addToEvidence, verificationFile } = require('../lib/evidence') as typeof import('../lib/evidence');
  const { renderBackupEnvironment } =
    require('../lib/backup-environment/create') as typeof import('../lib/backup-environment/create');
  const sha256 = await addToEvidence(resolve(context.folder, name), [
    { name: 'backup-environment.json', text: renderBackupEnvironment(config) },
    { name: verificationFile(verification.half), text: jsonText(verification) },
  ]);
  context.io.note(`The manifest of ${name} has the SHA-256 ${sha256}\n`);
}
