import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Named as tsx names it. */
const TSX_CACHE = `tsx-${process.geteuid?.()}`;

/** A temporary folder for one run of the command, so that what it leaves is seen. The cache of tsx is everybody's. */
export function temporaryFolder(place: string, name: string): string {
  const folder = join(place, name);
  mkdirSync(folder);
  mkdirSync(join(tmpdir(), TSX_CACHE), { recursive: true });
  symlinkSync(join(tmpdir(), TSX_CACHE), join(folder, TSX_CACHE));
  return folder;
}

export const leftIn = (place: string, name: string) =>
  readdirSync(join(place, name)).filter((entry) => entry !== TSX_CACHE);
