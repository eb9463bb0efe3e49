import { main } from '../../scripts/main';
import { recordingIo } from './recording-io';

/** An environment file with what it has to say and no more. */
export const ACME = {
  label: 'Acme',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  encryption: { method: 'AES-256' },
  host: { kind: 'ec2' },
};

/** What the command answers in a terminal of 80 columns to words that are typed in a folder. */
export async function typeWords(
  folder: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly exitCode: number; readonly result: string; readonly notes: string }> {
  const io = recordingIo({ columns: 80 });
  const exitCode = await main(argv, io, { env, folder, signal: new AbortController().signal });
  return { exitCode, result: io.results(), notes: io.notes() };
}
