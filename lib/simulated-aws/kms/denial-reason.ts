import type { Decision, Layer } from '../../iam/types';

type Denial = Exclude<Decision, { readonly result: 'allowed' }>;

const policyTypes: Readonly<Record<Layer, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
  key: 'resource-based policy',
};

/**
 * The end of AWS's access-denied message, which names the policy type that said no.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialReason(denial: Denial, action: string): string {
  if (denial.result === 'implicitly-denied') {
    return `because no ${policyTypes[denial.missing]} allows the ${action} action`;
  }
  const type = policyTypes[denial.by[0]?.layer ?? 'identity'];
  return `with an explicit deny in ${type.startsWith('identity') ? 'an' : 'a'} ${type}`;
}
