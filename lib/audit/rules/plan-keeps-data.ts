import { lossOutcome } from '../losses/loss-outcome';
import { planLosses } from '../losses/plan-losses';
import { keyAccessOf } from '../rule-kit/key-access';
import { notApplicable, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionExpiration.html */
export const planKeepsData: Rule = {
  id: 'plan-keeps-data',
  title: 'The plan ends no version, object, key, lock, protection or way in of a host, and shortens none',
  rationale:
    'A replaced bucket is an empty one, a key that goes leaves every older object unreadable, a number that is lowered deletes versions within a day, and a trust anchor that is replaced locks every host out.',
  reads:
    'plan: before and after of buckets, keys, versioning, lifecycle, Object Lock, encryption, public access, bucket policies, trust anchors and profiles; who may read under the keys, by evaluation; account and region of what exists',
  remedy:
    'Take the change back; or have the loss accepted by somebody who answers for it (accept, in the file of waivers, with loss: address and word).',
  controls: { fsbp: ['KMS.3'], nist80053r5: ['CM-3', 'CP-9', 'SC-12'] },
  check: (subject) => {
    const { stack, place, before } = subject;
    if (before === undefined) return [notApplicable('plan', 'there is no plan; name one with --plan')];
    const losses = planLosses({ ...stack, before: keyAccessOf(before), after: keyAccessOf(subject) }, place);
    return losses.length === 0 ? [pass('plan', 'nothing is lost, and nothing ends sooner')] : losses.map(lossOutcome);
  },
};
