import { foreignAccountOf } from '../permission-proof/foreign';
import { judgeBuckets } from '../rule-kit/bucket-questions';
import { auditedAccount } from '../rule-kit/callers';
import { despiteDenials } from '../rule-kit/deciding-statements';
import { doubtOverEncryption, notApplicable } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { isUploadDenied, isUploadHindered, SSE, SSE_KEY, takesBackups } from '../rule-kit/uploads';

export const bucketWrongKey: Rule = {
  id: 'bucket-wrong-key',
  title: 'Every bucket with a KMS key refuses uploads under a key of another account',
  rationale: "Data encrypted with somebody else's key can be held to ransom.",
  reads: 'aws_s3_bucket_policy: policy, by evaluation of uploads; the default encryption',
  remedy:
    'Deny s3:PutObject where s3:x-amz-server-side-encryption-aws-kms-key-id is not the key and Null is false, in one condition.',
  controls: { nist80053r5: ['SC-12', 'SC-28'] },
  check: (subject) =>
    subject.buckets.filter(takesBackups).flatMap((bucket) => {
      const { algorithm, keyArn } = bucket.encryption;
      const { address } = bucket.resource;
      if (algorithm.state !== 'known') return [doubtOverEncryption(bucket.resource, address)];
      if (algorithm.value === 'AES256') return [notApplicable(address, 'S3 manages the keys')];
      const { partition = 'aws', region = 'us-east-1' } = subject.place;
      const foreign = `arn:${partition}:kms:${region}:${foreignAccountOf({ account: auditedAccount(subject) })}:key/99999999-9999-4999-8999-999999999999`;
      const headers = (key: string) => ({ [SSE]: algorithm.value, [SSE_KEY]: key });
      return judgeBuckets(
        { ...subject, buckets: [bucket] },
        'a key of another account is denied, its own is not',
        (ask) =>
          despiteDenials(bucket, SSE_KEY, [
            ...(isUploadDenied(ask, bucket, { subject, headers: headers(foreign) })
              ? []
              : ['an upload under a key of another account is not denied']),
            ...(keyArn.state === 'known' && isUploadHindered(ask, bucket, { subject, headers: headers(keyArn.value) })
              ? ['an upload that names the key of the bucket is denied']
              : []),
          ]),
      );
    }),
};
