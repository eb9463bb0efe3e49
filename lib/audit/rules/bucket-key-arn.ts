import { boundDoubt, failFor } from '../rule-kit/gathered';
import { doubt, doubtOverEncryption, fail, notApplicable, pass, seen } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { BucketSubject, Subject } from '../subject/subject';

const TYPE = 'aws_s3_bucket_server_side_encryption_configuration';
const PATH = 'rule.apply_server_side_encryption_by_default.kms_master_key_id';

export const bucketKeyArn: Rule = {
  id: 'bucket-key-arn',
  title: 'The default key is a customer key of this account and Region, by its full ARN, with bucket keys on',
  rationale:
    "An alias is looked up in the caller's account, aws/s3 cannot be guarded, and a key of another Region cannot be used.",
  reads: `${TYPE}: ${PATH}, rule.bucket_key_enabled`,
  remedy:
    'Name the ARN of a key (arn:<partition>:kms:<region>:<account>:key/<id>), and set bucket_key_enabled to true.',
  controls: { nist80053r5: ['SC-12', 'SC-12(2)'], pciDss401: ['3.6.1.2'] },
  check: (subject) => subject.buckets.map((bucket) => check(bucket, subject)),
};

function check({ resource, companions, encryption }: BucketSubject, { place, keys }: Subject): Outcome {
  const { algorithm, keyArn, bucketKey } = encryption;
  const at = companions(TYPE).found[0] ?? resource;
  const evidence = [seen(at, PATH, keyArn), seen(at, 'rule.bucket_key_enabled', bucketKey)];
  if (algorithm.state !== 'known') return boundDoubt(doubtOverEncryption(resource, at.address, evidence));
  if (algorithm.value === 'AES256') return notApplicable(at.address, 'S3 manages the keys');
  if (keyArn.state === 'unknown')
    return boundDoubt(doubt(at.address, `the key is not known: ${keyArn.because}`, evidence));
  if (keyArn.state === 'absent') return fail(at.address, 'no key is named, so AWS takes its own (aws/s3)', evidence);
  const [, partition, service, region, account, id = ''] = keyArn.value.split(':');
  const { region: ownRegion, account: ownAccount } = place;
  const isOwn = keys.some(({ arn }) => arn.state === 'known' && arn.value === keyArn.value);
  const problems = [
    ...(service === 'kms' && id.startsWith('key/')
      ? []
      : [`the key must be named by its full ARN, got: ${keyArn.value}`]),
    ...(partition !== undefined && place.partition !== undefined && service === 'kms' && partition !== place.partition
      ? ['the key is in another partition']
      : []),
    ...(region && ownRegion !== undefined && region !== ownRegion
      ? [`the key is in ${region}, the bucket in ${ownRegion}`]
      : []),
    ...(account && ownAccount !== undefined && account !== ownAccount ? [`the key is of account ${account}`] : []),
    ...(bucketKey.state === 'known' && !bucketKey.value && algorithm.value === 'aws:kms'
      ? ['bucket keys are off: every object costs a call of KMS, and the context names objects']
      : []),
  ];
  if (problems.length > 0) return failFor(at.address, problems, { evidence });
  if (bucketKey.state === 'unknown')
    return boundDoubt(doubt(at.address, `whether bucket keys are on is not known: ${bucketKey.because}`, evidence));
  if (!isOwn && (ownRegion === undefined || ownAccount === undefined))
    return boundDoubt(doubt(at.address, 'no input says account and region', evidence));
  return pass(at.address, isOwn ? 'the key is made by this stack' : 'the key is of this account and Region', evidence);
}
