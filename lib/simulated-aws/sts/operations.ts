import type { QueryOperation } from '../query-service';
import { getCallerIdentity } from './get-caller-identity';

/** The operations that the simulated account answers, by AWS's own names. */
export const stsOperations: ReadonlyMap<string, QueryOperation> = new Map<string, QueryOperation>([
  ['GetCallerIdentity', { parameters: [], run: getCallerIdentity }],
]);
