import { doubt, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { UNDERSTOOD } from '../understood/arguments';

export const resourcesUnderstood: Rule = {
  id: 'resources-understood',
  title: 'Every resource is of a type that the audit knows',
  rationale: 'A resource that no rule reads may grant access.',
  reads: 'the type of every resource',
  remedy: 'Look at the resource yourself, then waive the finding; or keep it in a stack of its own.',
  controls: { nist80053r5: ['CM-8'] },
  check: ({ stack }) => {
    const strangers = stack.resources.filter(({ type }) => UNDERSTOOD[type] === undefined);
    if (strangers.length === 0) return [pass('stack', `${stack.resources.length} resources, each of a known type`)];
    return strangers.map(({ address, type }) => doubt(address, `what ${type} gives access to is not known here`));
  },
};
