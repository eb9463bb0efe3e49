import { evaluate, type Policy, type Statement } from '../../iam';
import { namedActions } from '../permission-proof/named-actions';
import { EVERYTHING, sessionOf } from './callers';

const SOMEBODY = sessionOf('somebody', 'arn:aws:iam::000000000000:role/somebody');

/** Whether some statement allows the action, on whatever and under whatever conditions; denials with conditions may not hold. */
export function allows(identity: readonly Policy[], action: string): boolean {
  return isAllowed(identity.map(onAnything), action, '*');
}

/** Whether some statement allows the action on this resource, under whatever conditions. */
export function allowsOn(identity: readonly Policy[], action: string, resource: string): boolean {
  return isAllowed(identity.map(underAnyConditions), action, resource);
}

/** The same for many actions. */
export function allowedActions(identity: readonly Policy[]): (action: string) => boolean {
  return namedActions(identity.map(onAnything));
}

function isAllowed(identity: readonly Policy[], action: string, resource: string): boolean {
  const { principal } = SOMEBODY;
  const request = { principal, action, resource, resourceAccount: '000000000000', context: {} };
  // A key or a role must let the caller in itself; here only the caller's own policies are asked.
  return evaluate(request, { identity, resource: WELCOME, key: WELCOME }).result === 'allowed';
}

/** Leaves the decision to the caller's own policies. */
const WELCOME: Policy = {
  ...EVERYTHING,
  statements: EVERYTHING.statements.map((statement) => ({
    ...statement,
    principals: { negated: false, anyone: false, byType: { AWS: ['000000000000'] } },
  })),
};

const onAnything = onlyAllowing((statement) => ({
  ...statement,
  conditions: [],
  resources: { negated: false, patterns: ['*'] },
}));
const underAnyConditions = onlyAllowing((statement) => ({ ...statement, conditions: [] }));

/** The same policy each time, so that the evaluator prepares it once for all questions. */
function onlyAllowing(change: (statement: Statement) => Statement): (policy: Policy) => Policy {
  const made = new WeakMap<Policy, Policy>();
  return (policy) => {
    const known = made.get(policy);
    if (known !== undefined) return known;
    const allowing = {
      ...policy,
      statements: policy.statements.filter(({ effect }) => effect === 'Allow').map(change),
    };
    made.set(policy, allowing);
    return allowing;
  };
}
