import { failFor } from '../rule-kit/gathered';
import { listing, notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const planFitsStack: Rule = {
  id: 'plan-fits-stack',
  title: 'The plan is a plan of this stack',
  rationale: 'The plan that was reviewed must be the plan that is applied.',
  reads: 'every resource and argument that plan and synthesized stack both show',
  remedy: 'Synthesize, plan in the folder of the stack, and audit both again.',
  controls: { nist80053r5: ['CM-3', 'CM-6', 'SI-7'] },
  check: ({ stack }) => {
    if (stack.source !== 'both')
      return [notApplicable('plan', 'there is only one of the two; name the plan with --plan')];
    const { contradictions } = stack;
    if (contradictions.length === 0) return [pass('plan', 'plan and stack agree wherever both say something')];
    return [
      failFor('plan', contradictions, {
        detail: listing(contradictions, 3),
        evidence: contradictions.map((value) => ({ at: 'plan', value })),
      }),
    ];
  },
};
