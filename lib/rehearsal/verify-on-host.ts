import { join } from 'node:path';
import { type ChildResult, runChild } from '../child-process';
import { ToolkitError } from '../errors';
import type { SimulatedAccount } from '../simulated-aws';
import type { Verification } from '../verify/result/verification';
import type { RehearsedHost } from './hosts/host-rehearsal';
import type { Rehearsing } from './rehearsing';
import { hostEnvironment } from './simulated-environments';
import type { StepOutcome } from './step';

/** A change of the simulated account is in force at once: what still fails after this will not pass, and no refusal is too early. */
const TIMEOUT_SECONDS = 3;

interface OnHost extends Rehearsing {
  readonly account: SimulatedAccount;
  readonly host: RehearsedHost;
  readonly otherBucket: string;
  readonly configFile: string;
}

/** Errors of the command that say something about the environment rather than about this machine. */
const ANSWERS = /^error \((NoCredentials|ExpiredCredentials)\)/m;

/**
 * Runs the same command as on a real host, in a process of its own that holds no key, and reads its result.
 *
 * @throws {ToolkitError} `VerificationRefused` when the host has no usable credentials; `VerificationCouldNotRun`
 */
export async function verifyOnHost(options: OnHost): Promise<StepOutcome<Verification>> {
  const { exitCode, stdout, stderr } = await runVerify(options);
  if (exitCode !== 0 && exitCode !== 1) {
    const code = ANSWERS.test(stderr) ? 'VerificationRefused' : 'VerificationCouldNotRun';
    throw new ToolkitError(code, `vault-env verify ended with ${exitCode}: ${stderr.trim()}`);
  }
  const verification: Verification = JSON.parse(stdout);
  const { pass, total } = verification.counts;
  return { value: verification, result: verification.verdict, detail: `${pass} of ${total} checks passed` };
}

/** In a process group of its own: one SIGINT reaches it, and it removes its probes. */
function runVerify({ root, configFile, otherBucket, signal, runner, ...options }: OnHost): Promise<ChildResult> {
  const command = [join(root, 'scripts', 'vault-env.cjs'), 'verify', configFile, '--other-bucket', otherBucket];
  return runChild({
    program: process.execPath,
    // The simulated account is not AWS, and the result says so.
    args: [
      ...command,
      '--accept-other-endpoints',
      '--format',
      'json',
      '--timeout',
      String(TIMEOUT_SECONDS),
      '--settle',
      '0',
    ],
    env: hostEnvironmentOf(options),
    signal,
    onLine: (line, stream) => {
      if (stream === 'stderr') runner.note(line);
    },
  });
}

function hostEnvironmentOf({ env, account, host, files }: Pick<OnHost, 'env' | 'account' | 'host' | 'files'>) {
  return hostEnvironment(env, {
    endpoint: account.endpoint,
    certificateFile: files.path('ca.pem'),
    credentials: host.credentials,
    home: files.path('home'),
  });
}
