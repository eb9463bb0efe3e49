import { boundDoubt } from '../rule-kit/gathered';
import { doubtOverEncryption, fail, notApplicable, pass, seen } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const TYPE = 'aws_s3_bucket_server_side_encryption_configuration';

export const bucketKmsEncryption: Rule = {
  id: 'bucket-kms-encryption',
  title: 'Every bucket is encrypted with a KMS key',
  rationale: 'A key of its own can be watched, withdrawn and denied to whoever may only read the bucket.',
  reads: `${TYPE}: rule.apply_server_side_encryption_by_default.sse_algorithm`,
  remedy: 'Choose the encryption method AWS-KMS, in the environment file and on the screen of Vault.',
  controls: {
    fsbp: ['S3.17'],
    nist80053r5: ['SC-12(2)', 'SC-13', 'SC-28', 'SC-28(1)', 'CA-9(1)', 'SI-7(6)', 'AU-9'],
    pciDss401: ['3.5.1'],
  },
  equivalents: { checkov: ['CKV_AWS_145'], prowler: ['s3_bucket_kms_encryption'] },
  check: ({ buckets }) =>
    buckets.map(({ resource, companions, takesLogs, encryption: { algorithm } }) => {
      if (takesLogs)
        return notApplicable(resource.address, 'S3 delivers no access logs to a bucket that encrypts with KMS');
      const at = companions(TYPE).found[0] ?? resource;
      const evidence = [seen(at, 'rule.apply_server_side_encryption_by_default.sse_algorithm', algorithm)];
      if (algorithm.state === 'unknown') return boundDoubt(doubtOverEncryption(resource, at.address, evidence));
      if (algorithm.state === 'known' && algorithm.value.startsWith('aws:kms')) {
        return pass(at.address, `objects are encrypted with ${algorithm.value}`, evidence);
      }
      return fail(at.address, 'the keys are those that S3 manages (SSE-S3)', evidence);
    }),
};
