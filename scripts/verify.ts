import { UsageError } from '../lib/errors';
import type { VerificationFormat } from '../lib/verify/report';
import { CLEANING_OPTIONS, cleanConfig, cleaningFormat } from './clean-leftovers';
import { keepAll, tryFiles } from './keep-verification';
import { MANY_OPTIONS } from './many';
import { readConfig } from './read-config';
import { toolOf } from './tool';
import type { Task, Verb } from './verb';
import { ACCEPT_OTHER_ENDPOINTS } from './verb';
import { verifyConfigAsHost } from './verify-as-host';
import { isAsOperator, OPERATOR_OPTIONS, verifyConfigAsOperator } from './verify-as-operator';
import { verifyAll } from './verify-many';
import type { VerifyOptions } from './verify-options';

const DEFAULT_TIMEOUT_SECONDS = 60;
const DEFAULT_SETTLE_SECONDS = 60;
const DEFAULT_CONCURRENCY = 24;

export const verifyVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('config', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'The backup-environment.json to verify, or folders that hold them; several give one summary',
        })
        .options(MANY_OPTIONS)
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
          describe: 'Seconds the answers must stay the same before a denial counts; 0 accepts the first answer',
        })
        .option('concurrency', {
          type: 'number',
          requiresArg: true,
          default: DEFAULT_CONCURRENCY,
          describe: 'Checks under way at the same time; fewer where a proxy takes few connections',
        })
        .option('accept-other-endpoints', ACCEPT_OTHER_ENDPOINTS)
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
          '$0 verify backup-environment.json --as operator --authority issuing-ca.pem',
          'checks who signed the revocation list',
        )
        .example(
          '$0 verify backup-environment.json --evidence evidence/aes-256',
          'joins the audit, so that evidence verify can tell whether both are about one stack',
        )
        .example('$0 verify backup-environment.json --clean', 'removes what a run that was killed left behind')
        .example('$0 verify backup-environment.json --format json --out verification.json', 'keeps the result'),
    (options) => choose(verifyAll(options, verifyTask)),
  );

function verifyTask(options: VerifyOptions): Task {
  return async (context) => {
    const timeoutMs = 1_000 * requireNumber('--timeout', 'seconds', options.timeout);
    const settleMs = 1_000 * requireNumber('--settle', 'seconds', options.settle);
    const olderThanMs = 60_000 * requireNumber('--older-than', 'minutes', options.olderThan);
    requireCount('--concurrency', options.concurrency);
    const config = readConfig(options.config, context.folder);
    await tryFiles(options, context);
    if (options.clean) return cleanConfig(config, olderThanMs, { ...context, format: cleaningFormat(options.format) });
    const found = isAsOperator(options)
      ? await verifyConfigAsOperator(config, options, context)
      : await verifyConfigAsHost(config, { ...options, timeoutMs, settleMs }, context);
    const verification = { ...found, tool: toolOf(context.root) };
    // First of all, so that a person has it whatever happens to a file.
    context.io.result(renderers()[options.format](verification, context.io));
    await keepAll(config, verification, { choice: options, context });
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
