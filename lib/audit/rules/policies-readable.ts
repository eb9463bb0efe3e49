import type { Statement } from '../../iam';
import { doubtFor } from '../rule-kit/gathered';
import { doubt, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const policiesReadable: Rule = {
  id: 'policies-readable',
  title: 'Every policy can be read in full before anything exists',
  rationale: 'A policy that is unknown in the plan is approved unread.',
  reads:
    'every argument that holds a policy document, whom a NotPrincipal spares, and condition keys that are there twice',
  remedy:
    'Write names, accounts and ARNs as text; audit the plan together with the synthesized stack (--plan). What was assumed of a document, look up in its source, then waive the finding.',
  controls: { nist80053r5: ['AC-6', 'CM-3'] },
  check: ({ policies }) =>
    policies.map(({ resource, argument, text, policy }) => {
      const evidence = text.state === 'known' ? [] : [{ at: `${resource.address}: ${argument}`, value: '(unknown)' }];
      if (text.state === 'absent') return doubt(resource.address, `the argument '${argument}' is missing`, evidence);
      if (text.state === 'unknown')
        return doubt(resource.address, `'${argument}' is not known: ${text.because}`, evidence);
      if (policy.state !== 'known')
        return doubt(resource.address, policy.state === 'unknown' ? policy.because : 'it is empty');
      const half = policy.value.statements.flatMap((one) => [...halfSpared(one), ...keysInTwoCases(one)]);
      if (half.length > 0) return doubtFor(resource.address, half);
      const assumed = resource.assumed?.[argument];
      if (assumed !== undefined)
        return doubtFor(resource.address, [`a plan shows no functions, so '${argument}' is assumed to be ${assumed}`]);
      return pass(resource.address, `${policy.value.statements.length} statements`);
    }),
};

/**
 * Whoever a denial spares without sparing their account: AWS may then deny all of the account, and does not say when.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function halfSpared({ id, principals }: Statement): readonly string[] {
  if (!principals?.negated) return [];
  const { AWS: names = [] } = principals.byType;
  const isSpared = (account: string) =>
    names.some((name) => name === account || name.endsWith(`:iam::${account}:root`));
  return names
    .filter((name) => !isSpared(/\d{12}/.exec(name)?.[0] ?? 'unknown') && !/^\d{12}$|:root$/.test(name))
    .map((name) => `'${id}' spares ${name} and not its account, and nobody can tell whom AWS then denies`);
}

/**
 * A condition key that an operator has twice, in other letters: case does not matter, and nobody says which of them counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
function keysInTwoCases({ id, conditions }: Statement): readonly string[] {
  const seen = new Set<string>();
  return conditions.flatMap(({ operator, key }) => {
    const name = `${operator} ${key.toLowerCase()}`;
    if (seen.has(name)) return [`'${id}' asks for ${key} twice under ${operator}, in other letters`];
    seen.add(name);
    return [];
  });
}
