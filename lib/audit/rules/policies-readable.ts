import { doubt, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const policiesReadable: Rule = {
  id: 'policies-readable',
  title: 'Every policy can be read in full before anything exists',
  rationale: 'A policy that is unknown in the plan is approved unread.',
  reads: 'every argument that holds a policy document',
  remedy: 'Write names, accounts and ARNs as text; audit the plan together with the synthesized stack (--plan).',
  controls: { nist80053r5: ['AC-6', 'CM-3'] },
  check: ({ policies }) =>
    policies.map(({ resource, argument, text, policy }) => {
      const evidence = text.state === 'known' ? [] : [{ at: `${resource.address}: ${argument}`, value: '(unknown)' }];
      if (text.state === 'absent') return doubt(resource.address, `the argument '${argument}' is missing`, evidence);
      if (text.state === 'unknown')
        return doubt(resource.address, `'${argument}' is not known: ${text.because}`, evidence);
      if (policy.state !== 'known')
        return doubt(resource.address, policy.state === 'unknown' ? policy.because : 'it is empty');
      return pass(resource.address, `${policy.value.statements.length} statements`);
    }),
};
