import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type OutputFile, tryToWrite, writeFiles } from '../backup-environment';
import { ToolkitError } from '../errors';
import { entryOf, MANIFEST, readManifest, renderManifest } from './manifest';
import type { ManifestEntry } from './schema';

interface AddOptions {
  /** Files below this folder that are not among those given are taken out: they are those of an earlier run. */
  readonly replacing?: string;
}

/**
 * Adds files to an evidence folder, or begins one in a folder that is empty or not there. A file of the same name is
 * replaced. Each is written whole, and the manifest last.
 *
 * The sums of the other files stay as they were recorded, so that adding never hides a change.
 *
 * To tie a file to the audited stack, name it and let it say what `readLinks` reads:
 * `backup-environment.json` and `verification.json` both hold `evidence.stackSha256`.
 *
 * @param files - names below the folder, in `/`
 * @returns SHA-256 of the manifest, which seals the folder when it is kept elsewhere
 * @throws {ToolkitError} `NotEvidence`, when the folder holds other things; `SecretInOutput`, before anything is
 *   written; `CannotWrite`, `CannotReadEvidence`
 * @throws {ConfigError} `BrokenManifest`
 */
export async function addToEvidence(
  folder: string,
  files: readonly OutputFile[],
  { replacing }: AddOptions = {},
): Promise<string> {
  const known = await readManifest(folder);
  if (known === undefined) await requireEmpty(folder);
  const added = files.map(entryOf);
  const others = (known?.manifest.files ?? []).filter(({ name }) => !added.some((entry) => entry.name === name));
  const isStale = ({ name }: ManifestEntry) => replacing !== undefined && name.startsWith(replacing);
  const manifest = { name: MANIFEST, text: renderManifest([...others.filter((entry) => !isStale(entry)), ...added]) };
  await writeFiles(folder, [...files, manifest], '--evidence');
  for (const { name } of others.filter(isStale)) await rm(join(folder, name), { force: true });
  return entryOf(manifest).sha256;
}

/**
 * Tries whether files can be added to an evidence folder, and leaves nothing.
 *
 * @throws {ToolkitError} `NotEvidence`, `CannotWrite`, `CannotReadEvidence`
 * @throws {ConfigError} `BrokenManifest`
 */
export async function tryToAdd(folder: string): Promise<void> {
  if ((await readManifest(folder)) === undefined) await requireEmpty(folder);
  await tryToWrite(folder, MANIFEST, '--evidence');
}

async function requireEmpty(folder: string): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  if (found.length === 0) return;
  throw new ToolkitError(
    'NotEvidence',
    `'${folder}' must be an evidence folder, empty or new, got: a folder with ${found.sort().slice(0, 3).join(', ')}\n` +
      'Name another one with --evidence',
  );
}
