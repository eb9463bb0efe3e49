import { join } from 'node:path';
import { runChild } from '../child-process';
import { ToolkitError } from '../errors';
import type { SimulatedAccount } from '../simulated-aws';
import type { Verification } from '../verify/result/verification';
import { deployerEnvironment } from './deploy';
import type { RehearsedHost } from './hosts/host-rehearsal';
import type { Rehearsing } from './rehearsing';
import type { StepOutcome } from './step';

interface AsOperator extends Rehearsing {
  readonly account: SimulatedAccount;
  readonly host: RehearsedHost;
  readonly stackFolder: string;
  readonly configFile: string;
}

/**
 * Compares the deployed account with the stack, as whoever deployed it would, in a process of its own.
 *
 * @throws {ToolkitError} `ComparisonCouldNotRun`, with the reason
 */
export async function compareAsOperator(options: AsOperator): Promise<StepOutcome<Verification>> {
  const { root, configFile, host, stackFolder, signal } = options;
  const command = [join(root, 'scripts', 'vault-env.cjs'), 'verify', configFile, '--as', 'operator'];
  const authority = host.authorityFile === undefined ? [] : ['--authority', host.authorityFile];
  // The simulated account is not AWS, and the result says so.
  const { exitCode, stdout, stderr } = await runChild({
    program: process.execPath,
    args: [...command, '--accept-other-endpoints', '--stack', stackFolder, ...authority, '--format', 'json'],
    env: deployerEnvironment(options, options.account),
    signal,
  });
  if (exitCode !== 0 && exitCode !== 1) {
    throw new ToolkitError(
      'ComparisonCouldNotRun',
      `vault-env verify --as operator ended with ${exitCode}: ${stderr.trim()}`,
    );
  }
  const verification: Verification = JSON.parse(stdout);
  return { value: verification, result: verification.verdict, detail: describe(verification) };
}

/** The checks that did not pass, a line each; else how many passed. */
function describe({ checks, counts }: Verification): string {
  const open = checks.filter(({ result }) => result !== 'pass').map(({ id, detail }) => `${id}: ${detail}`);
  return [`${counts.pass} of ${counts.total} checks passed`, ...open].join('\n');
}
