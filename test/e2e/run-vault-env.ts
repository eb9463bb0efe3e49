import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  /** Added to this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ctrl-C as soon as standard error matches. */
  readonly interruptAt?: RegExp;
}

/** Runs the command in a process of its own, as a person would. */
export function runVaultEnv(args: readonly string[], { env, interruptAt }: RunOptions = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'vault-env.cjs'), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  let isInterrupted = false;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output.stderr += chunk;
    if (isInterrupted || !interruptAt?.test(output.stderr)) return;
    isInterrupted = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, ...output })));
}
