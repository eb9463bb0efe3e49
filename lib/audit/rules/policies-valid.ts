import { validatePolicy } from '../../catalogue';
import { isKnownToFit } from '../permission-proof/valid-policies';
import { failFor } from '../rule-kit/gathered';
import { doubtOver, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const policiesValid: Rule = {
  id: 'policies-valid',
  title: 'Every action exists, takes the resources it is given, and carries the condition keys it is asked for',
  rationale:
    'AWS takes a policy with an action that does not exist, and the backup then fails for want of the real one.',
  reads: 'every policy document, held against the actions that AWS documents',
  remedy: 'Correct what the finding names; it gives the nearest name that exists.',
  controls: { nist80053r5: ['AC-6', 'CM-6'] },
  check: ({ policies, catalogue }) =>
    policies.map(({ resource, kind, text, policy }) => {
      if (text.state !== 'known') return doubtOver(text, resource.address, 'the policy is not known');
      // A text that was read as a policy has no fault in its form, so what the proof found of the policy holds of the text.
      const isSound = policy.state === 'known' && isKnownToFit(policy.value, catalogue);
      const problems = isSound ? [] : validatePolicy(text.value, { kind, catalogue });
      if (problems.length === 0) return pass(resource.address, 'everything that it names exists and fits');
      const evidence = problems.map(({ pointer, got }) => ({
        at: `${resource.address}: ${pointer}`,
        value: JSON.stringify(got),
      }));
      const [first] = problems;
      const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
      const facts = problems.map(({ pointer, message, got }) => `${pointer} ${message} ${JSON.stringify(got)}`);
      return failFor(resource.address, facts, { detail: `'${first?.pointer}' ${first?.message}${more}`, evidence });
    }),
};
