import { judgeBuckets } from '../rule-kit/bucket-questions';
import { doubt } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { isUploadDenied, SSE, takesBackups } from '../rule-kit/uploads';

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
      if (algorithm.state !== 'known') return [doubt(bucket.resource.address, 'the default encryption is not known')];
      const isDenied = (ask: Parameters<typeof isUploadDenied>[0], value?: string) =>
        isUploadDenied(ask, subject, value === undefined ? {} : { [SSE]: value });
      return judgeBuckets(
        { ...subject, buckets: [bucket] },
        `a header other than ${algorithm.value} is denied, a missing one is not`,
        (ask) => [
          ...(isDenied(ask) ? ['an upload without an encryption header is denied'] : []),
          ...(isDenied(ask, algorithm.value) ? [`an upload with the header ${algorithm.value} is denied`] : []),
          ...ALGORITHMS.filter((value) => value !== algorithm.value && !isDenied(ask, value)).map(
            (value) => `an upload with the header ${value} is not denied`,
          ),
        ],
      );
    });
  },
};
