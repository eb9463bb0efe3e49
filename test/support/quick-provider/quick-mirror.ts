import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const CACHE = join(__dirname, '..', '..', '..', 'node_modules', '.cache', 'quick-provider');

/**
 * A mirror whose provider is `serve.cjs` in front of the real one.
 *
 * @param program - the provider's program, as it lies in the mirror that `folder` is
 * @returns its folder, which stays for later runs: what is kept in it is of this program alone
 */
export function quickMirror(folder: string, program: string): string {
  const { size, mtimeMs } = statSync(program);
  const kept = readFileSync(join(__dirname, 'schemas.cjs'), 'utf8');
  const sum = createHash('sha256')
    .update(JSON.stringify([program, size, mtimeMs, kept]))
    .digest('hex')
    .slice(0, 16);
  const mirror = join(CACHE, sum);
  const stand = join(mirror, relative(realpathSync(folder), program));
  mkdirSync(dirname(stand), { recursive: true });
  const half = `${stand}.${process.pid}`;
  writeFileSync(half, scriptOf(program, join(mirror, 'schemas')));
  chmodSync(half, 0o755);
  renameSync(half, stand);
  return mirror;
}

/** Terraform that wants TLS talks to the provider itself. */
function scriptOf(program: string, schemas: string): string {
  const quoted = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return [
    '#!/bin/sh',
    `[ -z "$PLUGIN_CLIENT_CERT" ] || exec ${quoted([program])}`,
    `exec ${quoted([process.execPath, join(__dirname, 'serve.cjs'), program, schemas])}`,
    '',
  ].join('\n');
}
