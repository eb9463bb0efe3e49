import type { DocumentKind } from './read-document';
import { bool, group, many, matching, nonEmptyText, oneOf, oneOrMore, positiveNumber, required, text } from './shape';
import { tag } from './tagging';

const id = required(nonEmptyText);
const filter = group({ Prefix: text, Tag: tag, And: group({ Prefix: text, Tag: many(tag) }) });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AnalyticsConfiguration.html */
export const analyticsConfiguration: DocumentKind = {
  root: 'AnalyticsConfiguration',
  shape: group({
    Id: id,
    Filter: filter,
    StorageClassAnalysis: required(
      group({
        DataExport: group({
          OutputSchemaVersion: required(oneOf('V_1')),
          Destination: required(
            group({
              S3BucketDestination: required(
                group({
                  Format: required(oneOf('CSV')),
                  BucketAccountId: text,
                  Bucket: required(nonEmptyText),
                  Prefix: text,
                }),
              ),
            }),
          ),
        }),
      }),
    ),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_IntelligentTieringConfiguration.html */
export const intelligentTieringConfiguration: DocumentKind = {
  root: 'IntelligentTieringConfiguration',
  shape: group({
    Id: id,
    Filter: filter,
    Status: required(oneOf('Enabled', 'Disabled')),
    Tiering: oneOrMore(
      group({
        AccessTier: required(oneOf('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS')),
        Days: required(positiveNumber),
      }),
    ),
  }),
};

const inventoryField = oneOf(
  'Size',
  'LastModifiedDate',
  'StorageClass',
  'ETag',
  'IsMultipartUploaded',
  'ReplicationStatus',
  'EncryptionStatus',
  'ObjectLockRetainUntilDate',
  'ObjectLockMode',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEventHoldDuration',
  'ObjectLockEventHoldStatus',
  'IntelligentTieringAccessTier',
  'IntelligentTieringReferenceDate',
  'BucketKeyStatus',
  'ChecksumAlgorithm',
  'ObjectAccessControlList',
  'ObjectOwner',
  'LifecycleExpirationDate',
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html */
export const inventoryConfiguration: DocumentKind = {
  root: 'InventoryConfiguration',
  shape: group({
    Id: id,
    IsEnabled: required(bool),
    Filter: group({ Prefix: required(text) }),
    Destination: required(
      group({
        S3BucketDestination: required(
          group({
            AccountId: text,
            Bucket: required(nonEmptyText),
            Format: required(oneOf('CSV', 'ORC', 'Parquet')),
            Prefix: text,
            Encryption: group({ 'SSE-KMS': group({ KeyId: required(nonEmptyText) }), 'SSE-S3': group({}) }),
          }),
        ),
      }),
    ),
    IncludedObjectVersions: required(oneOf('All', 'Current')),
    OptionalFields: group({ Field: many(inventoryField) }),
    Schedule: required(group({ Frequency: required(oneOf('Daily', 'Weekly')) })),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_MetricsConfiguration.html */
export const metricsConfiguration: DocumentKind = {
  root: 'MetricsConfiguration',
  shape: group({
    Id: required(matching(/^[\w.-]{1,64}$/)),
    Filter: group({
      AccessPointArn: text,
      Prefix: text,
      Tag: tag,
      And: group({ AccessPointArn: text, Prefix: text, Tag: many(tag) }),
    }),
  }),
};
