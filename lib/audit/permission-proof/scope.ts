import { evaluate, type Policy, type Statement } from '../../iam';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Caller } from './callers';
import type { Sample, Shape } from './samples';

/** The service that asks the environment's own policy on a resource of this shape. */
const ASKING_SERVICE: Readonly<Partial<Record<Shape, string>>> = {
  'the bucket': 's3:',
  backups: 's3:',
  probes: 's3:',
  'search results': 's3:',
  'the key': 'kms:',
  'the role': 'sts:',
};

/** Leaves out the resources that an action of a caller need not be tried on. */
export type NarrowSamples = (action: string, samples: readonly Sample[]) => readonly Sample[];

/** Whether the role is expected to be able to do something. */
type IsExpected = (action: string, sample: Sample) => boolean;

/**
 * What to ask of a caller: everything, of the role; of others, what bucket, key and role let them do.
 *
 * The policy of a key that exists already is not known, so nobody but the role is asked about it.
 */
export function samplesWithin(
  { kind, ...caller }: Caller,
  policies: EnvironmentPolicies,
  isExpected: IsExpected = () => false,
): NarrowSamples {
  if (kind === 'role') return samplesOfRole(caller, policies, isExpected);
  const isKeyKnown = policies.key?.policy !== undefined;
  return (action, samples) =>
    samples.filter((sample) => {
      if (!hasOwnPolicy(action, sample)) return false;
      if (kind === 'role-alone') return sample.shape !== 'the role';
      return sample.shape !== 'the key' || isKeyKnown;
    });
}

/**
 * Where no statement of the role's policies names the action, only a policy of the environment on the resource itself
 * could still allow it; other resources then make no difference, unless the role should be able to.
 */
function samplesOfRole(
  { identity, principal }: Pick<Caller, 'identity' | 'principal'>,
  { account }: EnvironmentPolicies,
  isExpected: IsExpected,
): NarrowSamples {
  const naming = identity.map(allowingEverywhere);
  return (action, samples) => {
    const request = { principal, action, resource: '*', resourceAccount: account, context: {} };
    const isNamed = evaluate(request, { identity: naming }).result === 'allowed';
    return isNamed ? samples : samples.filter((sample) => hasOwnPolicy(action, sample) || isExpected(action, sample));
  };
}

/** Whether a policy of the environment stands on the resource and is asked for this action. */
function hasOwnPolicy(action: string, { isForeign, shape }: Sample): boolean {
  const service = isForeign ? undefined : ASKING_SERVICE[shape];
  return service !== undefined && action.startsWith(service);
}

/** The same policy without resources, conditions and denials: it allows every action that a statement names. */
function allowingEverywhere({ statements, ...policy }: Policy): Policy {
  return {
    ...policy,
    statements: statements.map(({ id, actions }): Statement => {
      return { id, effect: 'Allow', actions, resources: { negated: false, patterns: ['*'] }, conditions: [] };
    }),
  };
}
