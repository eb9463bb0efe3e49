import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Verification } from '../lib/verify/result/verification';
import { buildVerify } from '../scripts/build-verify';
import type { BenchAccount } from './peers/verify-account';

/** One run of the verifier. */
export interface VerifierRun {
  readonly verification: Verification;
  /** Time of the whole verification; the start of the process is not in it. */
  readonly wallMs: number;
  /** Opening before the first check, and closing after the last. */
  readonly aroundMs: number;
  /** Processor time of the whole process, its start included. */
  readonly cpuMs: number;
}

export type RunVerifier = (options: readonly string[]) => Promise<VerifierRun>;

const CPU_HOOK = join(__dirname, 'note-cpu.cjs');
const CONFIG = 'backup-environment.json';
const AT_ONCE = ['--timeout', '0', '--settle', '0', '--accept-other-endpoints', '--format', 'json'];
/** The notes with which the first check and the removal of the probes begin. */
const MARKS = { checks: '] what must work', removal: '] removing probes' } as const;

/** Builds the one file for hosts, and hands over how to run it in a process of its own, as on a host of the account. */
export async function withVerifier<T>(account: BenchAccount, use: (run: RunVerifier) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-verify-'));
  try {
    const { file } = await buildVerify(folder);
    writeFileSync(join(folder, CONFIG), account.config);
    writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
    const args = ['--require', CPU_HOOK, file, CONFIG, '--other-bucket', account.otherBucket, ...AT_ONCE];
    const env = {
      HOME: folder,
      AWS_ENDPOINT_URL: account.endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: account.metadataEndpoint,
      AWS_CA_BUNDLE: join(folder, 'ca.pem'),
    };
    return await use((options) => runOnce([...args, ...options], { cwd: folder, env }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function runOnce(args: readonly string[], place: Place): Promise<VerifierRun> {
  const child = spawn(process.execPath, args, { ...place, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const [, result, notes, cpu] = child.stdio as unknown as readonly [null, Readable, Readable, Readable];
  const begins = timesOf(notes);
  const [document, cpuText] = await Promise.all([text(result), text(cpu), once(child, 'close')]);
  const verification: Verification = JSON.parse(document);
  const { verdict, durationMs: wallMs } = verification;
  if (verdict !== 'pass') throw new Error(`the environment does not verify: ${verdict}`);
  const aroundMs = wallMs - (begins('removal') - begins('checks'));
  return { verification, wallMs, aroundMs, cpuMs: Number(cpuText) };
}

/** Finds out when each mark is first seen. */
function timesOf(notes: Readable): (mark: keyof typeof MARKS) => number {
  const times = new Map<string, number>();
  let seen = '';
  notes.on('data', (chunk) => {
    seen += chunk;
    for (const [mark, words] of Object.entries(MARKS))
      if (!times.has(mark) && seen.includes(words)) times.set(mark, performance.now());
  });
  return (mark) => times.get(mark) ?? Number.NaN;
}
