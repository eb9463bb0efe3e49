import { judgeBuckets } from '../rule-kit/bucket-questions';
import type { Rule } from '../rule-kit/rule';
import { isUploadDenied, SSE_C, takesBackups } from '../rule-kit/uploads';

export const bucketCustomerKeys: Rule = {
  id: 'bucket-customer-keys',
  title: 'Every bucket refuses keys that the caller brings (SSE-C)',
  rationale:
    'An attacker who overwrites backups with a key of their own can hold them to ransom: S3 does not keep such keys.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation of uploads',
  remedy: 'Deny s3:PutObject where s3:x-amz-server-side-encryption-customer-algorithm is Null false.',
  controls: { nist80053r5: ['SC-12', 'SC-28', 'CP-9'] },
  check: (subject) =>
    judgeBuckets(
      { ...subject, buckets: subject.buckets.filter(takesBackups) },
      'uploads with SSE-C are denied',
      (ask, bucket) =>
        isUploadDenied(ask, bucket, { subject, headers: { [SSE_C]: 'AES256' } })
          ? []
          : ['an upload with SSE-C is not denied'],
    ),
};
