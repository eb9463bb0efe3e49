import type { Environment } from './environment';
import { CAPABILITIES } from './schema';

/** A problem that only shows when several keys are read together. */
export interface RuleIssue {
  /** Dotted path of the key to change. */
  readonly path: string;
  /** What is demanded, and what was received. */
  readonly message: string;
}

/** A rule, and the keys that it reads: it is not asked when one of them is wrong by itself. */
interface Rule {
  readonly reads: readonly (keyof Environment)[];
  readonly check: (environment: Environment) => RuleIssue | undefined;
}

function existingKeyIsInTheBucketsRegion({ encryption, region }: Environment): RuleIssue | undefined {
  const found = keyArnField(encryption, 3);
  return mismatch('encryption.key', `must be a key in the bucket's region ${region}`, found, region);
}

function existingKeyIsInTheAccount({ encryption, account }: Environment): RuleIssue | undefined {
  const found = keyArnField(encryption, 4);
  return mismatch('encryption.key', `must be a key of the account ${account}`, found, account);
}

function existingKeyIsInThePartition({ encryption, partition, region }: Environment): RuleIssue | undefined {
  const found = keyArnField(encryption, 1);
  return mismatch('encryption.key', `must be in the partition ${partition}, where ${region} is`, found, partition);
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

function managedVersioningReadsVersioning({ capabilities }: Environment): RuleIssue | undefined {
  const dependent = capabilities.find((name) => name === 'manage-versioning' || name === 'purge-versions');
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

function keyArnField(encryption: Environment['encryption'], field: number): string | undefined {
  return encryption.method === 'AWS-KMS' ? encryption.key?.split(':')[field] : undefined;
}

function mismatch(path: string, demand: string, found: string | undefined, expected: string): RuleIssue | undefined {
  return found === undefined || found === expected ? undefined : { path, message: `${demand}, got: ${found}` };
}

/** Every rule that reads more than one value, in report order. */
export const RULES: readonly Rule[] = [
  { reads: ['encryption', 'partition', 'region'], check: existingKeyIsInThePartition },
  { reads: ['encryption', 'region'], check: existingKeyIsInTheBucketsRegion },
  { reads: ['encryption', 'account'], check: existingKeyIsInTheAccount },
  { reads: ['permissionsBoundary', 'partition', 'region'], check: boundaryIsInThePartition },
  { reads: ['permissionsBoundary', 'account'], check: boundaryIsOfTheAccount },
  { reads: ['capabilities'], check: backupIsAlwaysNeeded },
  { reads: ['capabilities'], check: capabilitiesAreListedOnce },
  { reads: ['capabilities'], check: managedVersioningReadsVersioning },
  { reads: ['otherBucket', 'bucket'], check: otherBucketIsAnother },
  { reads: ['accessLog', 'bucket'], check: accessLogIsInAnotherBucket },
];
