import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Bytes that look random and are the same for the same seed. */
export function bytesOf(seed: string, sizeBytes: number): Buffer {
  const blocks: Buffer[] = [];
  for (let made = 0; made < sizeBytes; made += 32) {
    blocks.push(createHash('sha256').update(`${seed} ${made}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, sizeBytes);
}

/** Writes files, given by their paths in the folder. */
export function writeTree(folder: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Every file under the folder with its bytes, by its path in the folder. */
export function readTree(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile()).sort();
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path)]));
}

/** The paths whose bytes differ between the trees, or that only one of them has. */
export function differences(left: ReadonlyMap<string, Buffer>, right: ReadonlyMap<string, Buffer>): readonly string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => !left.get(path)?.equals(right.get(path) ?? Buffer.alloc(0))).sort();
}
