import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** The endings that Terraform and OpenTofu read in the folder of a stack. */
const CONFIGURATION = /\.(tf|tofu)(\.json)?$/;

/**
 * The other files of a stack's folder that Terraform would read with it, and that may add to it or override it.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function filesBeside(stackFile: string): readonly string[] {
  if (!CONFIGURATION.test(stackFile) || !existsSync(stackFile)) return [];
  return readdirSync(dirname(stackFile))
    .filter((name) => CONFIGURATION.test(name) && name !== basename(stackFile))
    .sort();
}
