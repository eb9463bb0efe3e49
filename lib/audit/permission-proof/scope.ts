import type { EnvironmentPolicies } from '../environment-policies';
import type { Caller } from './callers';
import type { Question } from './question';
import type { Shape } from './samples';

/** The service that asks the environment's own policy on a resource of this shape. */
const ASKING_SERVICE: Readonly<Partial<Record<Shape, string>>> = {
  'the bucket': 's3:',
  backups: 's3:',
  probes: 's3:',
  'search results': 's3:',
  'the key': 'kms:',
  'the role': 'sts:',
};

/**
 * Whether a question says something about the environment: any, of the role; of others, what bucket, key and role let
 * them do. The policy of a key that exists already is not known, so nobody else is asked about it.
 */
export function isLookedAt(
  { kind }: Caller,
  { action, sample }: Pick<Question, 'action' | 'sample'>,
  { key }: EnvironmentPolicies,
): boolean {
  if (kind === 'role') return true;
  const service = sample.isForeign ? undefined : ASKING_SERVICE[sample.shape];
  if (service === undefined || !action.startsWith(service)) return false;
  if (kind === 'role-alone') return sample.shape !== 'the role';
  return sample.shape !== 'the key' || key?.policy !== undefined;
}
