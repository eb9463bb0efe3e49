import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ToolkitError } from '../errors';
import type { SimulatedAccount, SimulatedHost } from '../simulated-aws';
import type { Verification } from '../verify/verification';
import type { Rehearsing } from './rehearsing';
import type { StepOutcome } from './step';
import { hostEnvironment } from './terraform-environment';

/** A change of the simulated account is in force at once: what still fails after this will not pass. */
const TIMEOUT_SECONDS = 3;

interface OnHost extends Rehearsing {
  readonly account: SimulatedAccount;
  readonly host: SimulatedHost;
  readonly otherBucket: string;
  readonly configFile: string;
}

/**
 * Runs the same command as on a real host, in a process of its own that holds no key, and reads its result.
 *
 * @throws {ToolkitError} `VerificationCouldNotRun`
 */
export async function verifyOnHost(options: OnHost): Promise<StepOutcome<Verification>> {
  const { exitCode, result, notes } = await runVerify(options);
  if (exitCode !== 0 && exitCode !== 1) {
    throw new ToolkitError('VerificationCouldNotRun', `vault-env verify ended with ${exitCode}: ${notes.trim()}`);
  }
  const verification: Verification = JSON.parse(result);
  const { pass, total } = verification.counts;
  return { value: verification, result: verification.verdict, detail: `${pass} of ${total} checks passed` };
}

async function runVerify({ root, configFile, otherBucket, signal, runner, ...options }: OnHost) {
  const command = [join(root, 'scripts', 'vault-env.cjs'), 'verify', configFile, '--other-bucket', otherBucket];
  const flags = ['--format', 'json', '--timeout', String(TIMEOUT_SECONDS)];
  const child = spawn(process.execPath, [...command, ...flags], {
    env: { ...hostEnvironmentOf(options) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // SIGINT, so that verification still removes its probes.
  const end = () => child.kill('SIGINT');
  signal.addEventListener('abort', end);
  let result = '';
  let notes = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    result += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    notes += chunk;
    runner.note(chunk.trim().split('\n').at(-1) ?? '');
  });
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  signal.removeEventListener('abort', end);
  return { exitCode, result, notes };
}

function hostEnvironmentOf({ env, account, host, files }: Pick<OnHost, 'env' | 'account' | 'host' | 'files'>) {
  return hostEnvironment(env, {
    endpoint: account.endpoint,
    certificateFile: files.path('ca.pem'),
    metadataEndpoint: host.metadataEndpoint,
    home: files.path('home'),
  });
}
