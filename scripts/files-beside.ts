import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { VERSIONS_FILES } from '../lib/versions-files';

/** The endings that Terraform and OpenTofu read in the folder of a stack. */
const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/**
 * The other files of a stack's folder that Terraform would read with it, and that may add to it or override it: all but
 * the `versions.tf` and `versions.tofu` that are written with every stack, byte for byte.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function filesBeside(stackFile: string): readonly string[] {
  if (!CONFIGURATION.test(stackFile) || !existsSync(stackFile)) return [];
  const folder = dirname(stackFile);
  return readdirSync(folder)
    .filter((name) => CONFIGURATION.test(name) && name !== basename(stackFile) && !isVersionsFile(folder, name))
    .sort();
}

function isVersionsFile(folder: string, name: string): boolean {
  const texts = VERSIONS_FILES.get(name);
  if (texts === undefined) return false;
  const file = join(folder, name);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return texts.some((text) => size === text.length && readFileSync(file, 'latin1') === text);
}
