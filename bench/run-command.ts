import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The cost of one command, with that of every process it started and waited for. */
export interface CommandCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Resident MiB of the largest process of Node's. */
  readonly peakMib: number;
}

export interface Command {
  /** Arguments for Node. */
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Anything else is an error of the benchmark. */
  readonly exitCode: number;
}

const MEMORY_HOOK = join(__dirname, 'note-peak-memory.cjs');

/**
 * Runs a command to its end, its output thrown away.
 *
 * @throws {Error} when it ends with another exit code than expected
 */
export async function runCommand({ args, folder, env = {}, exitCode }: Command): Promise<CommandCost> {
  const notes = mkdtempSync(join(tmpdir(), 'bench-command-'));
  try {
    // The shell's `times` also counts grandchildren, which Node cannot tell of.
    const script = '"$@" >/dev/null 2>"$BENCH_NOTES/stderr"; echo "exit $?"; times';
    const startMs = performance.now();
    const shell = spawn('sh', ['-c', script, 'sh', process.execPath, ...args], {
      cwd: folder,
      env: { ...process.env, ...env, NODE_OPTIONS: `--require ${MEMORY_HOOK}`, BENCH_NOTES: notes },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    shell.stdout.on('data', (chunk) => {
      text += chunk;
    });
    await once(shell, 'close');
    const wallSeconds = (performance.now() - startMs) / 1000;
    const [exit, , children = ''] = text.trim().split('\n');
    if (exit !== `exit ${exitCode}`) {
      throw new Error(`node ${args.join(' ')}: ${exit}\n${readFileSync(join(notes, 'stderr'), 'utf8')}`);
    }
    return { wallSeconds, cpuSeconds: secondsOf(children), peakMib: peakMibIn(notes) };
  } finally {
    rmSync(notes, { recursive: true });
  }
}

/** Adds up user and system time, as in `1m2.34s 0m0.56s`. */
function secondsOf(times: string): number {
  return [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

function peakMibIn(notes: string): number {
  const kib = readFileSync(join(notes, 'peaks'), 'utf8').trim().split('\n').map(Number);
  return Math.max(...kib) / 1024;
}
