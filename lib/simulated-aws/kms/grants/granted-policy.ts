import type { Policy, PrincipalElement, Statement } from '../../../iam/types';
import type { Grant } from '../../state/services/grant';
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
