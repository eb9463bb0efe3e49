import { doubtFor } from '../rule-kit/gathered';
import { pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const inputComplete: Rule = {
  id: 'input-complete',
  title: 'The input shows the whole stack',
  rationale: 'Nothing can be said about a part that is not shown.',
  reads: 'the input as a whole: data sources, imports, complete, configuration; the plan beside the synthesized stack',
  remedy: 'Plan the whole stack, of the same synthesis, and write names instead of data sources.',
  controls: { nist80053r5: ['CM-8', 'CM-3'] },
  check: ({ stack }) => {
    const doubts = [
      ...stack.doubts,
      ...(stack.source === 'plan' ? stack.imports : []).map(
        ({ address }) => `${address} is imported, and only the synthesized stack says whether it is meant to be`,
      ),
      ...(stack.hasDataSources ? ['the stack has data sources, which only AWS can answer'] : []),
    ];
    if (doubts.length > 0) return [doubtFor('stack', doubts)];
    return [pass('stack', `${stack.resources.length} resources`)];
  },
};
