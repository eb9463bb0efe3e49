import { main } from '../../scripts/main';
import { recordingIo } from './recording-io';

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
