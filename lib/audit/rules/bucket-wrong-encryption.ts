import { type Circumstances, judgeBuckets } from '../rule-kit/bucket-questions';
import { despiteDenials } from '../rule-kit/deciding-statements';
import { doubtOverEncryption } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { isUploadDenied, isUploadHindered, SSE, SSE_KEY, takesBackups } from '../rule-kit/uploads';
import type { BucketSubject } from '../subject/subject';

const ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse'];

export const bucketWrongEncryption: Rule = {
  id: 'bucket-wrong-encryption',
  title: 'Every bucket refuses a wrong encryption header, and takes uploads without one',
  rationale:
    'A header overrides the default encryption. Vault sends none, so a denial that also catches a missing header stops every backup.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation of uploads; the default encryption',
  remedy:
    'Deny s3:PutObject where s3:x-amz-server-side-encryption is StringNotEquals the algorithm and Null is false, in one condition.',
  controls: { nist80053r5: ['SC-13', 'SC-28', 'SC-28(1)'] },
  check: (subject) => {
    const backups = subject.buckets.filter(takesBackups);
    return backups.flatMap((bucket) => {
      const { algorithm } = bucket.encryption;
      if (algorithm.state !== 'known') return [doubtOverEncryption(bucket.resource, bucket.resource.address)];
      return judgeBuckets(
        { ...subject, buckets: [bucket] },
        `a header other than ${algorithm.value} is denied, a missing one is not`,
        (ask) =>
          despiteDenials(bucket, SSE, [
            ...(isUploadHindered(ask, bucket, { subject, headers: {} })
              ? ['an upload without an encryption header is denied']
              : []),
            ...(rightHeaders(bucket, algorithm.value).every((headers) =>
              isUploadHindered(ask, bucket, { subject, headers }),
            )
              ? [`an upload with the header ${algorithm.value} is denied`]
              : []),
            ...ALGORITHMS.filter(
              (value) =>
                value !== algorithm.value && !isUploadDenied(ask, bucket, { subject, headers: { [SSE]: value } }),
            ).map((value) => `an upload with the header ${value} is not denied`),
          ]),
      );
    });
  },
};

/** The algorithm alone, or with its key, which a role of another account must name. */
function rightHeaders({ encryption: { keyArn } }: BucketSubject, algorithm: string): readonly Circumstances[] {
  const alone = { [SSE]: algorithm };
  return keyArn.state === 'known' ? [alone, { ...alone, [SSE_KEY]: keyArn.value }] : [alone];
}
