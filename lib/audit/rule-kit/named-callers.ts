import type { ContextValue, Principal } from '../../iam';
import { namedPrincipals } from '../permission-proof/named-principals';
import { type Asking, EVERYTHING, sessionOf } from './callers';

/**
 * Whomever a policy names, and anybody else of the account. Within the account they have no policies of their own, so that
 * what they may do is what the policies of bucket and key give them; elsewhere they may do all that those let them.
 */
export function namedCallers(environment: Parameters<typeof namedPrincipals>[0]): readonly Asking[] {
  const { account, partition, role } = environment;
  const somebody = sessionOf('somebody of the account', `arn:${partition}:iam::${account}:role/somebody`);
  const named = namedPrincipals(environment)
    .filter(({ principal }) => !('roleArn' in principal && principal.roleArn === role.arn))
    .map(({ title, principal }) => ({ title, principal, context: contextOf(principal) }));
  const unique = [...new Map([somebody, ...named].map((one) => [JSON.stringify(one.principal), one])).values()];
  return unique.map((caller) => ({ ...caller, identity: isOf(account, caller.principal) ? [] : [EVERYTHING] }));
}

/** Somebody whom a policy names, with policies of their own that allow everything. */
export function callerOf({ title, principal }: Pick<Asking, 'title' | 'principal'>): Asking {
  return { title, principal, context: contextOf(principal), identity: [EVERYTHING] };
}

function isOf(account: string, principal: Principal): boolean {
  return 'account' in principal && principal.account === account;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function contextOf(principal: Principal): Readonly<Record<string, ContextValue>> {
  if (principal.kind === 'role-session') return sessionOf('', principal.roleArn).context;
  if (principal.kind === 'service') return { 'aws:PrincipalIsAWSService': 'true' };
  if (!('arn' in principal)) return { 'aws:PrincipalIsAWSService': 'false' };
  return {
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalArn': principal.arn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': 'User',
    'kms:CallerAccount': principal.account,
  };
}
