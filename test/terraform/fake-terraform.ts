import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TerraformBinary } from '../../lib/terraform';

/** Folders made by a test file; they are removed by {@link removeFolders}. */
const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vault-env-test-')));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program that is a shell script: `$1` is the first argument. */
export function writeProgram(path: string, script: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A Terraform whose subcommands are cases of a shell script: `$2` is the subcommand, `$*` every argument. */
export function fakeTerraform(
  cases: Readonly<Record<string, string>>,
  product: TerraformBinary['product'] = 'Terraform',
): TerraformBinary {
  const arms = Object.entries(cases).map(([subcommand, script]) => `${subcommand}) ${script} ;;`);
  const script = `case "$2" in\n${arms.join('\n')}\n*) echo "unexpected: $*" >&2; exit 99 ;;\nesac`;
  return { path: writeProgram(join(temporaryFolder(), 'terraform'), script), product, version: '1.11.4' };
}

/** A mirror with one package, given by its path below `<host>/hashicorp/aws`. */
export function writeMirror(folder: string, host: string, packagePath: string): string {
  const path = join(folder, host, 'hashicorp/aws', packagePath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return folder;
}

/** `PATH` for scripts, and a home without anything of the user in it. */
export function bareEnvironment(): Record<string, string> {
  const home = temporaryFolder();
  return { PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_DIRS: home, XDG_DATA_HOME: home };
}
