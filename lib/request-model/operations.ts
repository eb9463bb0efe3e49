import { ToolkitError } from '../errors';
import { bucketRules } from './bucket-rules';
import { objectRules } from './object-rules';
import type { AccessRule } from './rule';

const rules = new Map(Object.entries({ ...bucketRules, ...objectRules }));

/** Every operation whose questions are known. */
export const knownOperations: readonly string[] = [...rules.keys()].sort();

/** @throws {ToolkitError} `UnknownOperation` */
export function rulesOf(operation: string): readonly AccessRule[] {
  const found = rules.get(operation);
  if (found === undefined) {
    throw new ToolkitError(
      'UnknownOperation',
      `'operation' must be one of S3's that are known here; got: ${operation}; use AWS's name of it`,
    );
  }
  return found;
}
