import type { Decision, Layer, Principal } from '../../iam/types';
import { AwsError } from '../wire/http/aws-error';
import type { AccessQuestion, Call } from './service';

type Denial = Exclude<Decision, { readonly result: 'allowed' }>;

/** How a service words its refusal. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

const ACCESS_DENIED: Refusal = { status: 403, code: 'AccessDenied' };

/**
 * Lets the caller pass, or refuses with AWS's message, which names the policy type that said no.
 *
 * @param refusal status and code of the service; `AccessDenied` (403) unless it has its own
 * @throws {AwsError} with the refusal's code
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function authorize(call: Call, question: AccessQuestion, refusal: Refusal = ACCESS_DENIED): void {
  const decision = call.decide(question);
  if (decision.result !== 'allowed') {
    throw new AwsError(refusal.status, refusal.code, accessDeniedMessage(call.caller.principal, question, decision));
  }
}

/** AWS's message for a denial: who, what, on what, and which kind of policy decided. */
export function accessDeniedMessage(
  principal: Principal,
  { action, resource }: Pick<AccessQuestion, 'action' | 'resource'>,
  denial: Denial,
): string {
  return `User: ${nameOf(principal)} is not authorized to perform: ${action} on resource: ${resource} ${reasonOf(denial, action)}`;
}

/** AWS's name for the policies of each layer. */
export const POLICY_TYPES: Readonly<Record<Layer, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
  key: 'resource-based policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  endpoint: 'VPC endpoint policy',
  'public-access-block': 'resource-based policy',
};

function reasonOf(denial: Denial, action: string): string {
  if (denial.result === 'implicitly-denied') {
    return `because no ${POLICY_TYPES[denial.missing]} allows the ${action} action`;
  }
  const type = POLICY_TYPES[denial.by[0]?.layer ?? 'identity'];
  return `with an explicit deny in ${type.startsWith('identity') ? 'an' : 'a'} ${type}`;
}

function nameOf(principal: Principal): string {
  return 'arn' in principal ? principal.arn : principal.kind;
}
