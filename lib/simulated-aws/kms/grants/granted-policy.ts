import type { ContextValue, Policy, PrincipalElement, Statement } from '../../../iam/types';
import type { Grant, GrantConstraints } from '../../state/services/grant';
import type { KmsKey, KmsState } from '../../state/services/kms-state';
import { type GrantedRequest, permits } from './permits';

/**
 * The key policy with what the key's grants add to it for this request: a grant allows as a statement of the key policy
 * would, and denies nothing.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
export function withGrants(policy: Policy, grants: readonly Grant[], request: GrantedRequest): Policy {
  const statements = grants
    .filter((grant) => permits(grant, request))
    .map((grant) => allowing(`grant ${grant.grantId}`, grant.grantee.element, request.action));
  return statements.length === 0 ? policy : { ...policy, statements: [...policy.statements, ...statements] };
}

/**
 * Who may retire a grant. Neither the key policy nor a grant of another has a say in it: the grant itself names its
 * retiring principal and, if it permits `RetireGrant`, its grantee; the account that issued it may delegate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html
 */
export function retiringPolicy({ grantId, grantee, retiring, operations, issuingAccount }: Grant): Policy {
  const action = 'kms:RetireGrant';
  const issuer: PrincipalElement = { negated: false, anyone: false, byType: { AWS: [issuingAccount] } };
  return {
    name: `grant ${grantId}`,
    version: '2012-10-17',
    statements: [
      ...(retiring === undefined ? [] : [allowing('retiring principal', retiring.element, action)]),
      ...(operations.includes('RetireGrant') ? [allowing('grantee principal', grantee.element, action)] : []),
      allowing('issuing account', issuer, action),
    ],
  };
}

function allowing(id: string, principals: PrincipalElement, action: string): Statement {
  return {
    id,
    effect: 'Allow',
    principals,
    actions: { negated: false, patterns: [action] },
    resources: { negated: false, patterns: ['*'] },
    conditions: [],
  };
}

/**
 * The grants that access decisions see at this moment: they come into force, and go, with the delay of policies; one
 * whose token is in the request is there at once.
 *
 * @param state of the key's own account
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/using-grant-token.html
 */
export function grantsInForce({ keys }: KmsState, key: KmsKey, presented: readonly Grant[] = []): readonly Grant[] {
  const settled = keys.inForce(key.keyId)?.grants ?? key.grants;
  const ids = new Set(settled.map(({ grantId }) => grantId));
  const onKey = presented.filter((grant) => key.grants.includes(grant));
  return [...settled, ...onKey.filter(({ grantId }) => !ids.has(grantId))];
}

/**
 * The condition keys that the constraints of a grant supply: their type, and the encryption context that they name.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 */
export function constraintContext(constraints: GrantConstraints): Readonly<Record<string, ContextValue>> {
  const types = Object.keys(constraints);
  const pairs = Object.entries({ ...constraints.EncryptionContextSubset, ...constraints.EncryptionContextEquals });
  return {
    ...(types.length === 1 ? { 'kms:GrantConstraintType': types[0] ?? '' } : {}),
    ...(pairs.length === 0 ? {} : { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}
