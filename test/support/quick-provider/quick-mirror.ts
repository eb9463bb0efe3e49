import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const CACHE = join(__dirname, '..', '..', '..', 'node_modules', '.cache', 'quick-provider');

/**
 * A mirror whose provider has `keep.cjs` in front of the real one.
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

/** Terraform that wants TLS talks to the provider itself, as it does where nobody keeps any. */
function scriptOf(program: string, schemas: string): string {
  const [quotedProgram, quotedSchemas] = [program, schemas].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return `#!/usr/bin/env bash
[ -z "$PLUGIN_CLIENT_CERT" ] && [ -n "$VAULT_ENV_KEPT_PROVIDERS" ] || exec ${quotedProgram}
trap '' INT
exec 3<>"/dev/tcp/127.0.0.1/$VAULT_ENV_KEPT_PROVIDERS"
{ printf '%s\\0' ${quotedProgram} ${quotedSchemas} "$PWD"; env -0; printf '\\0'; } >&3
IFS= read -r where <&3
printf '%s\\n' "$where"
read -r _ <&3
`;
}
