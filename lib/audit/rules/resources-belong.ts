import { doubt, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const resourcesBelong: Rule = {
  id: 'resources-belong',
  title: 'Every policy and setting is about a bucket, a key or a role of this stack',
  rationale: 'The effect of a policy on something made elsewhere can only be judged there.',
  reads: 'what companions of buckets, keys and roles name: bucket, role, key_id, target_key_id',
  remedy: 'Move the resource to the stack that makes its bucket, key or role.',
  controls: { nist80053r5: ['CM-8', 'AC-6'] },
  check: ({ strays }) => {
    if (strays.length === 0) return [pass('stack', 'nothing reaches beyond the stack')];
    return strays.map(({ address }) => doubt(address, 'what it is about is not in the stack'));
  },
};
