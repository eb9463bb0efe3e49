import { evaluate, type Policy, type Statement } from '../../iam';
import { namedActions } from '../permission-proof/named-actions';
import { EVERYTHING, sessionOf } from './callers';

const SOMEBODY = sessionOf('somebody', 'arn:aws:iam::000000000000:role/somebody');

/** Whether some statement allows the action, on whatever and under whatever conditions; denials with conditions may not hold. */
export function allows(identity: readonly Policy[], action: string): boolean {
  return isAllowed(
    identity.map((policy) => onlyAllowing(policy, unlimited)),
    action,
    '*',
  );
}

/** Whether some statement allows the action on this resource, under whatever conditions. */
export function allowsOn(identity: readonly Policy[], action: string, resource: string): boolean {
  return isAllowed(
    identity.map((policy) => onlyAllowing(policy, unconditional)),
    action,
    resource,
  );
}

/** The same for many actions. */
export function allowedActions(identity: readonly Policy[]): (action: string) => boolean {
  return namedActions(identity.map((policy) => onlyAllowing(policy, unlimited)));
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

function onlyAllowing(policy: Policy, change: (statement: Statement) => Statement): Policy {
  return { ...policy, statements: policy.statements.filter(({ effect }) => effect === 'Allow').map(change) };
}

function unlimited(statement: Statement): Statement {
  return { ...unconditional(statement), resources: { negated: false, patterns: ['*'] } };
}

function unconditional(statement: Statement): Statement {
  return { ...statement, conditions: [] };
}
