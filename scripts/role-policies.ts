import { resolve } from 'node:path';
import type { RolePolicyText } from '../lib/audit/policies/role-policies';
import { UsageError } from '../lib/errors';
import { readWhole } from '../lib/read-whole';
import { systemReason } from '../lib/system-reason';
import type { Context } from './verb';

/** The option by which somebody gives the policies of a role of another account. */
export const ROLE_POLICY = {
  type: 'string',
  array: true,
  requiresArg: true,
  describe: 'Policy document of a role of another account, as JSON, which its owner attaches; once for each document',
} as const;

/**
 * Reads the documents, by the names that were typed.
 *
 * @throws {UsageError} `CannotRead`, by the name of the file
 * @throws {ToolkitError} `BadPolicy`
 */
export function readRolePolicies(names: readonly string[] | undefined, { folder }: Context): readonly RolePolicyText[] {
  return (names ?? []).map((name) => ({ name, text: read(name, folder) }));
}

function read(name: string, folder: string): string {
  try {
    return readWhole(resolve(folder, name))
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(
      'CannotRead',
      `'${name}' must be a policy document of the role that can be read, got: ${systemReason(error)}\n` +
        'Name a file that emit wrote to host/, as in --role-policy host/s3-policy.json',
    );
  }
}
