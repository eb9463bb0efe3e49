import { UsageError } from '../lib/errors';
import { cleanConfig, cleaningFormat } from './clean-leftovers';
import { keepAll, tryFiles } from './keep-verification';
import { readConfig } from './read-config';
import { toolOf } from './tool';
import type { Task, Verb } from './verb';
import { verifyConfigAsHost } from './verify-as-host';
import { isAsOperator, verifyConfigAsOperator } from './verify-as-operator';
import { verifyAll } from './verify-many';
import { renderers, VERIFY_OPTIONS, type VerifyOptions } from './verify-options';

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
        .options(VERIFY_OPTIONS)
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
