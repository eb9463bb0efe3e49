import { doubtFor, factAbout } from '../rule-kit/gathered';
import { doubt, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { StackResource } from '../stack/stack-document';

export const resourcesBelong: Rule = {
  id: 'resources-belong',
  title: 'Every policy and setting is about a bucket, a key or a role of this stack',
  rationale: 'The effect of a policy on something made elsewhere can only be judged there.',
  reads: 'what companions of buckets, keys and roles name: bucket, role, key_id, target_key_id',
  remedy:
    'Move the resource to the stack that makes its bucket, key or role. What was assumed of a plan, look up in its source, then waive the finding.',
  controls: { nist80053r5: ['CM-8', 'AC-6'] },
  check: ({ strays, stack }) => {
    const found = [
      ...strays.map(({ address }) => doubt(address, 'what it is about is not in the stack')),
      ...assumptions(stack.resources),
    ];
    return found.length > 0 ? found : [pass('stack', 'nothing reaches beyond the stack')];
  },
};

/** Settings that name a bucket by local values, which a plan does not keep; one doubt for each bucket. */
function assumptions(resources: readonly StackResource[]): readonly Outcome[] {
  const buckets = new Set(resources.flatMap(({ assumed }) => assumed?.bucket ?? []));
  return [...buckets].map((bucket) => {
    const types = resources.flatMap(({ type, assumed }) => (assumed?.bucket === bucket ? type : []));
    const say = (named: string) => `a plan shows no local values, so these are assumed to be of this bucket: ${named}`;
    return doubtFor(bucket, [factAbout(types, say, types.length)]);
  });
}
