import { type Policy, parsePolicy } from '../../iam';
import { valueAt } from '../stack/argument';
import { type Arguments, badStack, requireObject } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';
import type { StackReading } from '../stack/stack-reading';
import type { BucketPolicies, KeyPolicies } from './environment-policies';

/** Reads the stack's one bucket. */
export function readBucket(reading: StackReading): BucketPolicies {
  const bucket = reading.findOne('aws_s3_bucket');
  const name = reading.text(bucket, 'bucket');
  const policy = reading.tryFindOne('aws_s3_bucket_policy');
  if (policy !== undefined) requireOfBucket(policy, bucket, reading);
  return {
    name,
    arn: reading.arnOf(bucket),
    bucketKey: readEncryptionRule(reading).bucket_key_enabled === true,
    ...(policy && { policy: reading.policy(policy, 'policy', 'resource') }),
  };
}

/** A policy of another bucket protects nothing here. */
function requireOfBucket(policy: StackResource, bucket: StackResource, reading: StackReading): void {
  const name = reading.text(policy, 'bucket');
  if (name === reading.text(bucket, 'bucket')) return;
  throw badStack(`'${policy.address}' argument 'bucket'`, `must be the bucket of '${bucket.address}'`, name);
}

/** Reads the key of the bucket's default encryption; `undefined` when S3 manages the keys. */
export function readKey(reading: StackReading): KeyPolicies | undefined {
  const keyArn = valueAt(readEncryptionRule(reading), 'apply_server_side_encryption_by_default.kms_master_key_id');
  if (keyArn.state === 'absent') return undefined;
  if (keyArn.state === 'unknown') throw badStack("'kms_master_key_id'", 'must be known', keyArn.because);
  return readKeyOf(reading.resolve(String(keyArn.value), "'kms_master_key_id'"), reading);
}

/** Reads the key of this ARN; without its policy when it is none of the stack's. */
export function readKeyOf(arn: string, reading: StackReading): KeyPolicies {
  const key = reading.tryFindOne('aws_kms_key');
  if (key === undefined || reading.arnOf(key) !== arn) return { arn };
  const apart = reading.tryFindOne('aws_kms_key_policy');
  if (apart !== undefined) requireOfKey(apart, key, reading);
  return { arn, policy: readKeyPolicy(apart ?? key, reading) };
}

function requireOfKey(policy: StackResource, key: StackResource, reading: StackReading): void {
  const id = reading.text(policy, 'key_id');
  if (id === reading.resolve(`\${${key.address}.key_id}`, `'${key.address}'`) || id === reading.arnOf(key)) return;
  throw badStack(`'${policy.address}' argument 'key_id'`, `must be the key of '${key.address}'`, id);
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function readKeyPolicy(resource: StackResource, reading: StackReading): Policy {
  if ((resource.arguments.policy ?? undefined) !== undefined) return reading.policy(resource, 'policy', 'resource');
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
