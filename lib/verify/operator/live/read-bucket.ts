import type { ControlPlane } from '../../../aws/control-plane';
import { type Settings, settingsOf } from '../settings/settings';
import type { LiveBucket, OwnedBucket } from './live-environment';
import { mapRead, orWhenAbsent, type Read } from './read';
import { readLifecycle } from './read-lifecycle';

type S3 = ControlPlane['s3'];

const NOT_SET: Settings = {};

/** Reads the configuration of the bucket. */
export async function readLiveBucket(s3: S3, bucket: OwnedBucket): Promise<LiveBucket> {
  const reads = READERS.map(async ([name, read]) => [name, await read(s3, bucket)] as const);
  return Object.fromEntries(await Promise.all(reads)) as unknown as LiveBucket;
}

type Readers = { readonly [K in keyof LiveBucket]: (s3: S3, bucket: OwnedBucket) => Promise<LiveBucket[K]> };

const BY_NAME: Readers = {
  region: async (s3, bucket) =>
    mapRead({ call: 'GetBucketLocation', answer: await s3.getBucketLocation(bucket) }, ({ LocationConstraint }) =>
      regionOf(LocationConstraint),
    ),
  policy: async (s3, bucket) => {
    const read = { call: 'GetBucketPolicy', answer: await s3.getBucketPolicy(bucket) };
    return orWhenAbsent(
      mapRead(read, ({ Policy }) => Policy),
      'NoSuchBucketPolicy',
      undefined,
    );
  },
  publicAccessBlock: async (s3, bucket) => {
    const read = { call: 'GetPublicAccessBlock', answer: await s3.getPublicAccessBlock(bucket) };
    return whenSet(read, 'NoSuchPublicAccessBlockConfiguration', (value) => ({
      BlockPublicAcls: false,
      BlockPublicPolicy: false,
      IgnorePublicAcls: false,
      RestrictPublicBuckets: false,
      ...value.PublicAccessBlockConfiguration,
    }));
  },
  ownership: async (s3, bucket) => {
    const read = { call: 'GetBucketOwnershipControls', answer: await s3.getBucketOwnershipControls(bucket) };
    return whenSet(read, 'OwnershipControlsNotFoundError', ({ OwnershipControls }) => ({
      ObjectOwnership: OwnershipControls?.Rules?.[0]?.ObjectOwnership,
    }));
  },
  encryption: async (s3, bucket) => {
    const read = { call: 'GetBucketEncryption', answer: await s3.getBucketEncryption(bucket) };
    return whenSet(read, 'ServerSideEncryptionConfigurationNotFoundError', (value) => {
      const [rule] = value.ServerSideEncryptionConfiguration?.Rules ?? [];
      const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
      return { SSEAlgorithm, KMSMasterKeyID, BucketKeyEnabled: rule?.BucketKeyEnabled ?? false };
    });
  },
  versioning: async (s3, bucket) =>
    mapRead({ call: 'GetBucketVersioning', answer: await s3.getBucketVersioning(bucket) }, ({ Status, MFADelete }) =>
      settingsOf({ Status, MFADelete: MFADelete === 'Enabled' ? MFADelete : undefined }),
    ),
  lifecycle: readLifecycle,
  objectLock: async (s3, bucket) => {
    const read = { call: 'GetObjectLockConfiguration', answer: await s3.getObjectLockConfiguration(bucket) };
    return whenSet(read, 'ObjectLockConfigurationNotFoundError', ({ ObjectLockConfiguration }) => ({
      ObjectLockEnabled: ObjectLockConfiguration?.ObjectLockEnabled,
      ...ObjectLockConfiguration?.Rule?.DefaultRetention,
    }));
  },
  logging: async (s3, bucket) =>
    mapRead({ call: 'GetBucketLogging', answer: await s3.getBucketLogging(bucket) }, ({ LoggingEnabled }) =>
      settingsOf({ TargetBucket: LoggingEnabled?.TargetBucket, TargetPrefix: LoggingEnabled?.TargetPrefix }),
    ),
  tags: async (s3, bucket) => {
    const read = { call: 'GetBucketTagging', answer: await s3.getBucketTagging(bucket) };
    return whenSet(read, 'NoSuchTagSet', ({ TagSet = [] }) =>
      Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value])),
    );
  },
  replicatesTo: async (s3, bucket) => {
    const read = { call: 'GetBucketReplication', answer: await s3.getBucketReplication(bucket) };
    const targets = mapRead(read, ({ ReplicationConfiguration }) =>
      (ReplicationConfiguration?.Rules ?? []).map(({ Destination }) => Destination?.Bucket ?? ''),
    );
    return orWhenAbsent(targets, 'ReplicationConfigurationNotFoundError', []);
  },
  isWebsite: async (s3, bucket) => {
    const read = { call: 'GetBucketWebsite', answer: await s3.getBucketWebsite(bucket) };
    return orWhenAbsent(
      mapRead(read, () => true),
      'NoSuchWebsiteConfiguration',
      false,
    );
  },
};

const READERS = Object.entries(BY_NAME);

function whenSet<T>(
  read: Read<T>,
  absent: string,
  take: (value: T) => Record<string, unknown>,
): Promise<Read<Settings>> {
  return Promise.resolve(
    orWhenAbsent(
      mapRead(read, (value) => settingsOf(take(value))),
      absent,
      NOT_SET,
    ),
  );
}

/**
 * The region that a location constraint stands for.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined || constraint === '') return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}
