import { isAccountBaseName, logBucketName } from './account-base';
import { ADOPTION_RULES } from './adoption-rules';
import { BUCKET_POLICY_RULES } from './bucket-policy/rules';
import { CREATED_KEY } from './encryption/schema';
import type { Environment } from './environment';
import { HOST_RULES } from './host-rules';
import { partitionOf } from './partition';
import { mismatch, type Rule, type RuleIssue } from './rule';
import { CAPABILITIES, type Capability } from './schema';

function keysAreInTheBucketsRegion({ encryption, region }: Environment): RuleIssue | undefined {
  return keyMismatch(encryption, 3, `must be a key in the bucket's region ${region}`, region);
}

function keysAreInTheAccount({ encryption, account }: Environment): RuleIssue | undefined {
  return keyMismatch(encryption, 4, `must be a key of the account ${account}`, account);
}

function keysAreInThePartition({ encryption, partition, region }: Environment): RuleIssue | undefined {
  return keyMismatch(encryption, 1, `must be in the partition ${partition}, where ${region} is`, partition);
}

function formerKeysAreOthers({ encryption }: Environment): RuleIssue | undefined {
  const current = currentKey(encryption);
  if (current === undefined || !encryption.former.includes(current)) return undefined;
  return { path: 'encryption.former', message: `must be other keys than the one in use, got: ${current}` };
}

function formerKeysAreListedOnce({ encryption: { former } }: Environment): RuleIssue | undefined {
  const repeated = former.filter((key, index) => former.indexOf(key) !== index);
  if (repeated.length === 0) return undefined;
  return { path: 'encryption.former', message: `must list each key once, got twice: ${repeated.join(', ')}` };
}

function keyGivenUpIsNoLongerUsed({ encryption }: Environment): RuleIssue | undefined {
  const used = [currentKey(encryption), ...encryption.former];
  const both = encryption.givenUp.find((key) => used.includes(key));
  if (both === undefined) return undefined;
  return { path: 'encryption.givenUp', message: `must not name a key that is in use or a former one, got: ${both}` };
}

function boundaryIsInThePartition({ permissionsBoundary, partition, region }: Environment): RuleIssue | undefined {
  const found = permissionsBoundary?.split(':')[1];
  return mismatch('permissionsBoundary', `must be in the partition ${partition}, where ${region} is`, found, partition);
}

function boundaryIsOfTheAccount({ permissionsBoundary, account }: Environment): RuleIssue | undefined {
  const found = permissionsBoundary?.split(':')[4];
  if (found === 'aws') return undefined;
  return mismatch('permissionsBoundary', `must be a policy of the account ${account}`, found, account);
}

function backupIsAlwaysNeeded({ capabilities }: Environment): RuleIssue | undefined {
  if (capabilities.includes('backup')) return undefined;
  return { path: 'capabilities', message: `must include backup, got: [${capabilities.join(', ')}]` };
}

function capabilitiesAreListedOnce({ capabilities }: Environment): RuleIssue | undefined {
  const repeated = CAPABILITIES.filter((name) => capabilities.indexOf(name) !== capabilities.lastIndexOf(name));
  if (repeated.length === 0) return undefined;
  return { path: 'capabilities', message: `must list each capability once, got twice: ${repeated.join(', ')}` };
}

const NEEDS_VERSIONING: readonly Capability[] = ['manage-versioning', 'read-versions', 'purge-versions'];

function managedVersioningReadsVersioning({ capabilities }: Environment): RuleIssue | undefined {
  const dependent = capabilities.find((name) => NEEDS_VERSIONING.includes(name));
  if (dependent === undefined || capabilities.includes('versioning')) return undefined;
  return { path: 'capabilities', message: `must include versioning when they include ${dependent}` };
}

function otherBucketIsAnother({ bucket, otherBucket }: Environment): RuleIssue | undefined {
  if (otherBucket !== bucket) return undefined;
  return { path: 'otherBucket', message: `must be another bucket than '${bucket}', which the role may reach` };
}

function accessLogIsInAnotherBucket({ bucket, accessLog }: Environment): RuleIssue | undefined {
  if (accessLog?.bucket !== bucket) return undefined;
  return { path: 'accessLog.bucket', message: `must be another bucket than '${bucket}', which would log its own logs` };
}

function accountBaseKeepsItsNames({ name, account, region, bucket }: Environment): RuleIssue | undefined {
  if (isAccountBaseName(name)) return { path: 'name', message: `must not be that of an account base, got: ${name}` };
  if (bucket !== logBucketName({ account, region })) return undefined;
  return { path: 'bucket', message: `must be another bucket than '${bucket}', which takes the access logs` };
}

function stateIsInAnotherBucket({ bucket, state }: Environment): RuleIssue | undefined {
  if (state?.s3?.bucket !== bucket) return undefined;
  return { path: 'state.s3.bucket', message: `must be another bucket than '${bucket}', which Vault writes to` };
}

function stateIsInThePartition({ state, partition, region }: Environment): RuleIssue | undefined {
  const stateRegion = state?.s3?.region;
  const found = stateRegion === undefined ? undefined : partitionOf(stateRegion);
  return mismatch('state.s3.region', `must be in the partition ${partition}, where ${region} is`, found, partition);
}

function stateKeyIsInItsRegion({ state, region }: Environment): RuleIssue | undefined {
  const expected = state?.s3?.region ?? region;
  const found = state?.s3?.kmsKey?.split(':')[3];
  return mismatch('state.s3.kmsKey', `must be a key in the state bucket's region ${expected}`, found, expected);
}

/** The key that new backups are encrypted with, or the word for the created one; undefined when S3 manages the keys. */
function currentKey(encryption: Environment['encryption']): string | undefined {
  return encryption.method === 'AWS-KMS' ? (encryption.key ?? CREATED_KEY) : undefined;
}

/** The first key, in use or former, whose ARN has something else in the field; a created key always fits. */
function keyMismatch(
  encryption: Environment['encryption'],
  field: number,
  demand: string,
  expected: string,
): RuleIssue | undefined {
  const fieldOf = (key: string | undefined) => (key === CREATED_KEY ? undefined : key?.split(':')[field]);
  const former = encryption.former.map(fieldOf).find((found) => found !== undefined && found !== expected);
  return (
    mismatch('encryption.key', demand, fieldOf(currentKey(encryption)), expected) ??
    mismatch('encryption.former', demand, former, expected)
  );
}

/** Every rule that reads more than one value, in report order. */
export const RULES: readonly Rule[] = [
  { reads: ['encryption', 'partition', 'region'], check: keysAreInThePartition },
  { reads: ['encryption', 'region'], check: keysAreInTheBucketsRegion },
  { reads: ['encryption', 'account'], check: keysAreInTheAccount },
  { reads: ['encryption'], check: formerKeysAreOthers },
  { reads: ['encryption'], check: formerKeysAreListedOnce },
  { reads: ['encryption'], check: keyGivenUpIsNoLongerUsed },
  ...HOST_RULES,
  ...ADOPTION_RULES,
  ...BUCKET_POLICY_RULES,
  { reads: ['permissionsBoundary', 'partition', 'region'], check: boundaryIsInThePartition },
  { reads: ['permissionsBoundary', 'account'], check: boundaryIsOfTheAccount },
  { reads: ['capabilities'], check: backupIsAlwaysNeeded },
  { reads: ['capabilities'], check: capabilitiesAreListedOnce },
  { reads: ['capabilities'], check: managedVersioningReadsVersioning },
  { reads: ['otherBucket', 'bucket'], check: otherBucketIsAnother },
  { reads: ['accessLog', 'bucket'], check: accessLogIsInAnotherBucket },
  { reads: ['name', 'account', 'region', 'bucket'], check: accountBaseKeepsItsNames },
  { reads: ['state', 'bucket'], check: stateIsInAnotherBucket },
  { reads: ['state', 'partition', 'region'], check: stateIsInThePartition },
  { reads: ['state', 'region'], check: stateKeyIsInItsRegion },
];
