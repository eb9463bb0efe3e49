import { ToolkitError } from '../errors';
import { BUCKET_RULES } from './bucket-rules';
import { OBJECT_RULES } from './object-rules';
import type { AccessRule } from './rule';

const RULES = new Map(Object.entries({ ...BUCKET_RULES, ...OBJECT_RULES }));

/** Every operation whose questions are known. */
export const KNOWN_OPERATIONS: readonly string[] = [...RULES.keys()].sort();

/** @throws {ToolkitError} `UnknownOperation` */
export function rulesOf(operation: string): readonly AccessRule[] {
  const found = RULES.get(operation);
  if (found === undefined) {
    throw new ToolkitError(
      'UnknownOperation',
      `'operation' must be an S3 operation that is known here, got: ${operation}\nUse AWS's name for it`,
    );
  }
  return found;
}
