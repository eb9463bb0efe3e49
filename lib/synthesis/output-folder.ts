import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../errors';

export interface SynthesizedStack {
  readonly name: string;
  /** Where Terraform runs; it holds `cdk.tf.json`. */
  readonly folder: string;
}

/** What CDKTF writes last. */
const MANIFEST = 'manifest.json';

/**
 * A folder is only cleaned out when nobody else can have put something there.
 *
 * @throws {ToolkitError} `NotAnOutputFolder`
 */
export function requireOutputFolder(folder: string): void {
  const entries = statSync(folder).isDirectory() ? readdirSync(folder) : ['a file'];
  if (entries.length === 0 || isManifest(join(folder, MANIFEST))) return;
  throw new ToolkitError(
    'NotAnOutputFolder',
    `'${folder}' must be an empty folder or hold an earlier synthesis (${MANIFEST}), got: ${entries.slice(0, 3).join(', ')}\n` +
      'Name a folder that does not exist yet with --out',
  );
}

function isManifest(file: string): boolean {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && 'stacks' in content;
  } catch {
    return false;
  }
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

export function readManifest(outFolder: string): readonly SynthesizedStack[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(outFolder, MANIFEST), 'utf8'));
  return Object.values(manifest.stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: join(outFolder, workingDirectory),
  }));
}

export function removeOtherStacks(outFolder: string, stacks: readonly SynthesizedStack[]): void {
  const stacksFolder = join(outFolder, 'stacks');
  const current = new Set(stacks.map(({ folder }) => folder));
  for (const entry of readdirSync(stacksFolder)) {
    const folder = join(stacksFolder, entry);
    if (!current.has(folder)) rmSync(folder, { recursive: true, force: true });
  }
}
