import type { DocumentKind } from './read-document';
import { bool, group, many, nonEmptyText, oneOf, positiveNumber, required, text } from './shape';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const publicAccessBlockConfiguration: DocumentKind = {
  root: 'PublicAccessBlockConfiguration',
  shape: group({
    BlockPublicAcls: bool,
    IgnorePublicAcls: bool,
    BlockPublicPolicy: bool,
    RestrictPublicBuckets: bool,
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const ownershipControls: DocumentKind = {
  root: 'OwnershipControls',
  shape: group({
    Rule: required(
      group({ ObjectOwnership: required(oneOf('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced')) }),
    ),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const versioningConfiguration: DocumentKind = {
  root: 'VersioningConfiguration',
  shape: group({
    Status: oneOf('Enabled', 'Suspended'),
    MfaDelete: oneOf('Enabled', 'Disabled'),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const serverSideEncryptionConfiguration: DocumentKind = {
  root: 'ServerSideEncryptionConfiguration',
  shape: group({
    Rule: required(
      group({
        ApplyServerSideEncryptionByDefault: group({
          SSEAlgorithm: required(oneOf('AES256', 'aws:kms', 'aws:kms:dsse')),
          KMSMasterKeyID: text,
        }),
        BucketKeyEnabled: bool,
        BlockedEncryptionTypes: group({ EncryptionType: many(oneOf('NONE', 'SSE-C')) }),
      }),
    ),
  }),
};

const grantee = group({ DisplayName: text, EmailAddress: text, ID: text, URI: text });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const bucketLoggingStatus: DocumentKind = {
  root: 'BucketLoggingStatus',
  shape: group({
    LoggingEnabled: group({
      TargetBucket: required(nonEmptyText),
      TargetPrefix: required(text),
      TargetGrants: group({
        Grant: many(group({ Grantee: grantee, Permission: oneOf('FULL_CONTROL', 'READ', 'WRITE') })),
      }),
      TargetObjectKeyFormat: group({
        SimplePrefix: group({}),
        PartitionedPrefix: group({ PartitionDateSource: oneOf('EventTime', 'DeliveryTime') }),
      }),
    }),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const accessControlPolicy: DocumentKind = {
  root: 'AccessControlPolicy',
  shape: group({
    Owner: group({ ID: text, DisplayName: text }),
    AccessControlList: group({
      Grant: many(
        group({ Grantee: grantee, Permission: oneOf('FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP') }),
      ),
    }),
  }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
export const accelerateConfiguration: DocumentKind = {
  root: 'AccelerateConfiguration',
  shape: group({ Status: required(oneOf('Enabled', 'Suspended')) }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html */
export const requestPaymentConfiguration: DocumentKind = {
  root: 'RequestPaymentConfiguration',
  shape: group({ Payer: required(oneOf('Requester', 'BucketOwner')) }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const objectLockConfiguration: DocumentKind = {
  root: 'ObjectLockConfiguration',
  shape: group({
    ObjectLockEnabled: required(oneOf('Enabled')),
    Rule: group({
      DefaultRetention: required(
        group({ Mode: required(oneOf('GOVERNANCE', 'COMPLIANCE')), Days: positiveNumber, Years: positiveNumber }),
      ),
    }),
  }),
};
