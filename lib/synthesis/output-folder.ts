import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../errors';
import { isDraft, placeFile } from './place-file';
import { type ManifestEntry, readRecords } from './records';

export interface SynthesizedStack {
  readonly name: string;
  /** Where Terraform runs; it holds `cdk.tf.json`. */
  readonly folder: string;
}

/** The file that CDKTF writes last, and that makes a folder one of ours. */
const MANIFEST = 'manifest.json';

/**
 * Nothing is written into a folder that somebody else may use for something.
 *
 * @throws {ToolkitError} `NotAnOutputFolder`
 */
export function requireOutputFolder(folder: string): void {
  const isFolder = statSync(folder).isDirectory();
  const entries = isFolder ? readdirSync(folder).filter((name) => !isDraft(name)) : ['a file'];
  if (entries.length === 0 || hasManifest(folder)) return;
  throw new ToolkitError(
    'NotAnOutputFolder',
    `'${folder}' must be an empty folder or hold an earlier synthesis (${MANIFEST}), got: ${entries.slice(0, 3).join(', ')}\n` +
      'Name a folder that does not exist yet with --out',
  );
}

export function hasManifest(folder: string): boolean {
  return readManifestFile(join(folder, MANIFEST)) !== undefined;
}

interface Manifest {
  readonly version?: string;
  readonly stacks: Readonly<Record<string, ManifestEntry>>;
}

function readManifestFile(file: string): Manifest | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && 'stacks' in content ? (content as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** The manifest that CDKTF wrote into the folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
}

/** The stacks of a manifest, in the folder that it is about. */
export function stacksOf({ stacks }: Manifest, folder: string): readonly SynthesizedStack[] {
  return Object.values(stacks).map(({ name, workingDirectory }) => ({ name, folder: join(folder, workingDirectory) }));
}

/**
 * Writes a manifest of every stack that is there, whichever run wrote it. A run that ended meanwhile may have put back an
 * older one, so it is written until it says what is there: the last to write is the last to look.
 */
export function writeManifest(folder: string, version: string | undefined): void {
  const file = join(folder, MANIFEST);
  for (let text = manifestText(folder, version); ; ) {
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) placeFile(file, text);
    const now = manifestText(folder, version);
    if (now === text) return;
    text = now;
  }
}

function manifestText(folder: string, version: string | undefined): string {
  const recorded = [...readRecords(folder).values()].map(({ entry }) => [entry.name, entry] as const);
  // An earlier version of this package, and the CDKTF command line, keep no records.
  const listed = Object.entries(readManifestFile(join(folder, MANIFEST))?.stacks ?? {});
  const stacks = [...new Map([...listed, ...recorded])]
    .filter(([, { synthesizedStackPath }]) => existsSync(join(folder, synthesizedStackPath)))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify({ stacks: Object.fromEntries(stacks), ...(version !== undefined && { version }) }, null, 2);
}
