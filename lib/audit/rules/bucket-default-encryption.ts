import { boundDoubt } from '../rule-kit/gathered';
import { doubtOver, encryptionOf, fail, pass, seen } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { BucketSubject } from '../subject/subject';

const TYPE = 'aws_s3_bucket_server_side_encryption_configuration';
const ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse'];

export const bucketDefaultEncryption: Rule = {
  id: 'bucket-default-encryption',
  title: 'Every bucket says how its objects are encrypted',
  rationale:
    'Vault sends no encryption header, so the default of the bucket decides; it must be chosen, not left open.',
  reads: `${TYPE}: rule.apply_server_side_encryption_by_default, rule.bucket_key_enabled`,
  remedy: 'Set sse_algorithm to AES256 or aws:kms; leave bucket keys off with aws:kms:dsse, which has none.',
  controls: { nist80053r5: ['SC-13', 'SC-28', 'SC-28(1)'] },
  equivalents: { checkov: ['CKV_AWS_19'], prowler: ['s3_bucket_default_encryption'] },
  check: ({ buckets }) => buckets.map(check),
};

function check(bucket: BucketSubject): Outcome {
  return { ...judge(bucket), tells: encryptionOf(bucket.resource.address) };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html */
function judge({ resource, companions, encryption }: BucketSubject): Outcome {
  const { algorithm, bucketKey } = encryption;
  const at = companions(TYPE).found[0] ?? resource;
  const evidence = [
    seen(at, 'rule.apply_server_side_encryption_by_default.sse_algorithm', algorithm),
    seen(at, 'rule.bucket_key_enabled', bucketKey),
  ];
  if (algorithm.state === 'unknown')
    return boundDoubt({
      ...doubtOver(algorithm, at.address, `the algorithm is not known: ${algorithm.because}`),
      evidence,
    });
  if (algorithm.state === 'absent') return fail(at.address, `there is no ${TYPE} with an algorithm for it`, evidence);
  if (!ALGORITHMS.includes(algorithm.value)) {
    return fail(at.address, `the algorithm must be ${ALGORITHMS.join(' or ')}, got: ${algorithm.value}`, evidence);
  }
  if (algorithm.value === 'aws:kms:dsse' && bucketKey.state === 'known' && bucketKey.value) {
    return fail(at.address, 'aws:kms:dsse has no bucket key, which the configuration asks for', evidence);
  }
  return pass(at.address, `objects are encrypted with ${algorithm.value}`, evidence);
}
