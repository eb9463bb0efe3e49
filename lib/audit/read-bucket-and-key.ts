import { type Policy, parsePolicy } from '../iam';
import type { BucketPolicies, KeyPolicies } from './environment-policies';
import { type Arguments, requireObject, type StackResource } from './stack-document';
import type { StackReading } from './stack-reading';

/** Reads the stack's one bucket. */
export function readBucket(reading: StackReading): BucketPolicies {
  const bucket = reading.findOne('aws_s3_bucket');
  const policy = reading.tryFindOne('aws_s3_bucket_policy');
  return {
    name: reading.text(bucket, 'bucket'),
    arn: reading.arnOf(bucket),
    bucketKey: readEncryptionRule(reading).bucket_key_enabled === true,
    ...(policy && { policy: reading.policy(policy, 'policy', 'resource') }),
  };
}

/** Reads the key of the bucket's default encryption; `undefined` when S3 manages the keys. */
export function readKey(reading: StackReading): KeyPolicies | undefined {
  const { apply_server_side_encryption_by_default: byDefault } = readEncryptionRule(reading);
  const { kms_master_key_id: keyArn } = requireObject(byDefault ?? {}, "'apply_server_side_encryption_by_default'");
  if (keyArn === undefined) return undefined;
  const arn = reading.resolve(String(keyArn), "'kms_master_key_id'");
  const key = reading.tryFindOne('aws_kms_key');
  if (key === undefined || reading.arnOf(key) !== arn) return { arn };
  return { arn, policy: readKeyPolicy(reading.tryFindOne('aws_kms_key_policy') ?? key, reading) };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function readKeyPolicy(resource: StackResource, reading: StackReading): Policy {
  if (resource.arguments.policy !== undefined) return reading.policy(resource, 'policy', 'resource');
  const { partition, account } = reading.place;
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const Statement = [{ Sid: 'DefaultKeyPolicy', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }];
  return parsePolicy({ Version: '2012-10-17', Statement }, resource.address, { kind: 'resource' });
}

function readEncryptionRule(reading: StackReading): Arguments {
  const configuration = reading.tryFindOne('aws_s3_bucket_server_side_encryption_configuration');
  if (configuration === undefined) return {};
  const { rule } = configuration.arguments;
  return requireObject(Array.isArray(rule) ? rule[0] : rule, `'${configuration.address}' argument 'rule'`);
}
