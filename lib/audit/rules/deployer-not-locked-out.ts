import { lockOuts } from '../../deployer/lock-outs';
import type { Policy } from '../../iam';
import { isOfOrganization } from '../permission-proof/ordinary-forms';
import { favourable } from '../rule-kit/favourable-circumstances';
import { failFor } from '../rule-kit/gathered';
import { doubt, doubtOver, listing, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { Answer } from '../stack/answer';
import { valueAt } from '../stack/argument';
import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

export const deployerNotLockedOut: Rule = {
  id: 'deployer-not-locked-out',
  title: 'No policy locks out whoever deploys',
  rationale:
    'A bucket policy that locks its deployer out can only be repaired by the root user, and a key policy only by AWS.',
  reads: 'policies of buckets and keys, by evaluation of every call that the provider makes, its refresh included',
  remedy: 'Deny data actions only, and keep a statement for the administration of the key.',
  controls: { nist80053r5: ['AC-3', 'CP-10'] },
  equivalents: {
    checkov: ['CKV_AWS_93'],
    beyond: 'scanners look for a denial of everything; the rule evaluates each call of the provider',
  },
  check: (subject) => [
    ...subject.buckets.map((bucket) => check(bucket.resource.address, bucket, 'bucket', subject)),
    ...subject.keys.map((key) => check(key.policyAddress, key, 'key', subject)),
  ],
};

interface Guarded {
  readonly policy: Answer<Policy>;
  readonly arn: Answer<string>;
  readonly resource: StackResource;
}

function check(at: string, { policy, arn, resource }: Guarded, kind: 'bucket' | 'key', subject: Subject): Outcome {
  const { place } = subject;
  const { partition, account, region } = place;
  if (policy.state === 'unknown')
    return doubtOver(policy, at, `the policy of the ${kind} is not known: ${policy.because}`);
  if (policy.state === 'absent') return pass(at, 'there is no policy');
  if (partition === undefined || account === undefined || region === undefined) {
    return doubt(at, 'no input says account and region, so nobody can tell who deploys');
  }
  if (kind === 'bucket' && arn.state !== 'known') return doubt(at, 'the name of the bucket is not known');
  const bucketArn = kind === 'bucket' && arn.state === 'known' ? arn.value : '';
  const keeps = valueAt(resource.arguments, 'lifecycle.prevent_destroy');
  // Terraform does not delete it then, and nobody else has to be able to.
  const notCalled = keeps.state === 'known' && String(keeps.value) === 'true' ? ['s3:DeleteBucket'] : [];
  const circumstances = favourable([policy.value], isOfOrganization);
  const policies = { partition, account, region, bucketArn, [kind]: policy.value, circumstances, notCalled };
  const lockedOut = (deployers?: readonly string[]) => lockOuts({ ...policies, ...(deployers && { deployers }) });
  const found = lockedOut();
  if (found.length === 0) return pass(at, 'an administrator of the account can make every call of the provider');
  const [only] = spared(policy.value, subject).filter((arn) => lockedOut([arn]).length === 0);
  return only === undefined
    ? failFor(at, found, { detail: listing(found, 3) })
    : pass(at, `of the account, ${only} alone can make every call of the provider`);
}

/** Roles and users of the account, but for those of the stack, whom a condition of the policy names in full. */
function spared({ statements }: Policy, { place: { account }, roles }: Subject): readonly string[] {
  const own = new Set(roles.flatMap(({ arn }) => (arn.state === 'known' ? [arn.value] : [])));
  return statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, operator }) => key.toLowerCase() === 'aws:principalarn' && !operator.endsWith('Null'))
    .flatMap(({ values }) => values)
    .filter((arn) => new RegExp(`^arn:[^:]+:iam::${account}:(role|user)/[^*?$]+$`).test(arn) && !own.has(arn));
}
