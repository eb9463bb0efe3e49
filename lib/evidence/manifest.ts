import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFile } from '../backup-environment';
import { ConfigError, ToolkitError } from '../errors';
import { parseStrictJson } from '../json-shape';
import { describeSchemaIssue } from '../schema-issues';
import { EVIDENCE_VERSION, type Manifest, type ManifestEntry, manifestSchema } from './schema';

export const MANIFEST = 'manifest.json';

/** The manifest and what it was read from. */
export interface ReadManifest {
  readonly manifest: Manifest;
  readonly sha256: string;
}

function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export function entryOf({ name, text }: OutputFile): ManifestEntry {
  return { name, sha256: sha256Of(text), bytes: Buffer.byteLength(text) };
}

/** The text of `manifest.json`; the order of the entries given does not matter. */
export function renderManifest(entries: readonly ManifestEntry[]): string {
  const files = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${JSON.stringify({ version: EVIDENCE_VERSION, files }, null, 2)}\n`;
}

/**
 * The manifest of a folder; undefined where it has none.
 *
 * @throws {ConfigError} `BrokenManifest`
 * @throws {ToolkitError} `CannotReadEvidence`
 */
export async function readManifest(folder: string): Promise<ReadManifest | undefined> {
  const bytes = await readFile(join(folder, MANIFEST)).catch(unlessMissing(folder));
  if (bytes === undefined) return undefined;
  return { manifest: parseManifest(bytes.toString('utf8'), join(folder, MANIFEST)), sha256: sha256Of(bytes) };
}

function parseManifest(text: string, file: string): Manifest {
  const result = manifestSchema.safeParse(parseJson(text, file), { reportInput: true });
  if (!result.success)
    throw brokenManifest(result.error.issues.flatMap((issue) => describeSchemaIssue(issue, file, manifestSchema)));
  const names = result.data.files.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return result.data;
  throw brokenManifest([{ file, path: 'files', message: `must name each file once, got: ${twice} twice` }]);
}

function parseJson(text: string, file: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    const message = 'must be a JSON document that names each thing once, got: something else';
    throw brokenManifest([{ file, path: '', message }]);
  }
}

function brokenManifest(issues: ConfigError['issues']): ConfigError {
  return new ConfigError('BrokenManifest', issues);
}

function unlessMissing(folder: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code === 'ENOENT') return undefined;
    throw new ToolkitError(
      'CannotReadEvidence',
      `'${folder}' must be an evidence folder that can be read, got: ${error.message}\nName the folder itself`,
      { cause: error },
    );
  };
}
