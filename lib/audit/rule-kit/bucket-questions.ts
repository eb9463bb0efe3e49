import type { Catalogue } from '../../catalogue';
import { type ContextValue, type Decision, evaluate } from '../../iam';
import { filterAlike, likenessOfActions } from '../../iam/statements/alike-actions';
import { onceForEach } from '../once-for-each';
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
  const resourceAccount = auditedAccount(subject);
  const resources = { bucket: arn, object: `${arn}/org/accounts.csv.gz` };
  const resource = policy.state === 'known' ? policy.value : undefined;
  const contextOf = contextsIn({ 'aws:ResourceAccount': resourceAccount, 's3:ResourceAccount': resourceAccount });
  return ({ caller, action, on, circumstances }) => {
    const { principal, identity } = caller;
    const context = contextOf(caller, circumstances);
    const request = { principal, action, resource: resources[on], resourceAccount, context };
    return evaluate(request, resource === undefined ? { identity } : { identity, resource });
  };
}

/** The same context for the same caller in the same circumstances: what the evaluator reads of it, it reads once. */
function contextsIn(place: Circumstances): (caller: Asking, circumstances: Circumstances) => Circumstances {
  const made = new Map<Asking, Map<Circumstances, Circumstances>>();
  return (caller, circumstances) => {
    const ofCaller = made.get(caller) ?? new Map<Circumstances, Circumstances>();
    made.set(caller, ofCaller);
    const context = ofCaller.get(circumstances) ?? { ...caller.context, ...place, ...circumstances };
    ofCaller.set(circumstances, context);
    return context;
  };
}

/** The actions for which the claim holds, asked once for those that the bucket's policy names alike. */
export function filterOn(
  { policy }: BucketSubject,
  actions: readonly string[],
  holds: (action: string) => boolean,
): readonly string[] {
  return filterAlike(actions, likenessOfActions(policy.state === 'known' ? [policy.value] : []), holds);
}

/** The S3 actions on a bucket, or on an object, for which the claim holds as far as the bucket's policy decides. */
export function actionsWhere(
  { catalogue }: Subject,
  bucket: BucketSubject,
  on: BucketQuestion['on'],
  holds: (action: string) => boolean,
): readonly string[] {
  return filterOn(bucket, actionsOn(catalogue)[on], holds);
}

/** The S3 actions by what they are on. */
const actionsOn = onceForEach((catalogue: Catalogue): Readonly<Record<BucketQuestion['on'], readonly string[]>> => {
  const named = (on: string) =>
    catalogue
      .actionsOf('s3')
      .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === on))
      .map(({ name }) => name);
  return { bucket: named('bucket'), object: named('object') };
});
