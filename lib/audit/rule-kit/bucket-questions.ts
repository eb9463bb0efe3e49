import { type ContextValue, type Decision, evaluate } from '../../iam';
import { oncePerCatalogue } from '../once-per-catalogue';
import { filterAlike, likenessOfActions } from '../permission-proof/alike-actions';
import type { BucketSubject, Subject } from '../subject/subject';
import { type Asking, auditedAccount } from './callers';
import { type Fact, failFor, listFacts } from './gathered';
import { doubt, doubtOver, pass } from './outcome';
import type { Outcome } from './rule';

/** Circumstances of a request, by condition key. */
export type Circumstances = Readonly<Record<string, ContextValue>>;

/** May this caller do this, as far as the bucket's policy has a say? */
export interface BucketQuestion {
  readonly caller: Asking;
  readonly action: string;
  /** ARN of the bucket, or of an object in it. */
  readonly on: 'bucket' | 'object';
  readonly circumstances: Circumstances;
}

export type AskBucket = (question: BucketQuestion) => Decision;

export const OVER_TLS: Circumstances = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

/** Problems of a bucket, in one clause each; none when it is right. */
type Judge = (ask: AskBucket, bucket: BucketSubject) => readonly Fact[];

/** One outcome for each bucket, from what its policy decides. A bucket without a policy is judged as it is. */
export function judgeBuckets(subject: Subject, right: string, judge: Judge): readonly Outcome[] {
  return subject.buckets.map((bucket) => {
    const { resource, policy, arn, companions } = bucket;
    const at = companions('aws_s3_bucket_policy').found[0]?.address ?? resource.address;
    if (policy.state === 'unknown') return doubtOver(policy, at, `the bucket policy is not known: ${policy.because}`);
    if (arn.state !== 'known')
      return doubt(at, 'the name of the bucket is not known, so its policy cannot be evaluated');
    const problems = judge(askerOf(bucket, arn.value, subject), bucket);
    if (problems.length === 0) return pass(at, right);
    const without = policy.state === 'absent' ? 'the bucket has no policy: ' : '';
    return failFor(at, problems, { detail: `${without}${listFacts(problems, Number.POSITIVE_INFINITY)}` });
  });
}

function askerOf({ policy }: BucketSubject, arn: string, subject: Subject): AskBucket {
  const account = auditedAccount(subject);
  return ({ caller, action, on, circumstances }) =>
    evaluate(
      {
        principal: caller.principal,
        action,
        resource: on === 'bucket' ? arn : `${arn}/org/accounts.csv.gz`,
        resourceAccount: account,
        context: { ...caller.context, 'aws:ResourceAccount': account, 's3:ResourceAccount': account, ...circumstances },
      },
      { identity: caller.identity, ...(policy.state === 'known' && { resource: policy.value }) },
    );
}

/** The S3 actions on a bucket, or on an object, for which the claim holds as far as the bucket's policy decides. */
export function actionsWhere(
  { catalogue }: Subject,
  { policy }: BucketSubject,
  on: BucketQuestion['on'],
  holds: (action: string) => boolean,
): readonly string[] {
  const likenessOf = likenessOfActions(policy.state === 'known' ? [policy.value] : []);
  return filterAlike(actionsOn(catalogue)[on], likenessOf, holds);
}

/** The S3 actions by what they are on. */
const actionsOn = oncePerCatalogue((catalogue): Readonly<Record<BucketQuestion['on'], readonly string[]>> => {
  const named = (on: string) =>
    catalogue
      .actionsOf('s3')
      .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === on))
      .map(({ name }) => name);
  return { bucket: named('bucket'), object: named('object') };
});
