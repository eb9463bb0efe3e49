const argument = 'InvalidArgument';
const invalid = 'InvalidRequest';
const object = ['NoSuchKey', 'NoSuchVersion', argument, 'MethodNotAllowed'];
const condition = ['PreconditionFailed', 'NoSuchKey'];
const body = ['BadDigest', 'InvalidDigest'];
const newObject = ['KeyTooLongError', 'InvalidStorageClass', 'AccessControlListNotSupported'];
const listing = [argument];

/**
 * The errors of each operation beside those that every one may answer with (`AccessDenied`, `MalformedXML`,
 * `NoSuchBucket`, `NotImplemented`), as far as they can come about here. Written by hand, from each operation's page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#S3TaggingErrorCodeList
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export const documentedErrors: Readonly<Record<string, readonly string[]>> = {
  ListBuckets: [argument],
  CreateBucket: [
    'BucketAlreadyExists',
    'BucketAlreadyOwnedByYou',
    'IllegalLocationConstraintException',
    argument,
    'InvalidBucketAclWithObjectOwnership',
    'InvalidBucketName',
    'InvalidLocationConstraint',
    'InvalidTag',
  ],
  DeleteBucket: ['BucketNotEmpty'],
  GetBucketTagging: ['NoSuchTagSet'],
  PutBucketTagging: ['InvalidTag', 'BadRequest'],
  TagResource: [invalid],
  GetBucketPolicy: ['NoSuchBucketPolicy'],
  GetBucketPolicyStatus: ['NoSuchBucketPolicy'],
  PutBucketPolicy: ['MalformedPolicy', 'PolicyTooLarge'],
  GetAccessPointPolicy: ['NoSuchAccessPoint', 'NoSuchAccessPointPolicy'],
  GetAccountPublicAccessBlock: ['NoSuchPublicAccessBlockConfiguration'],
  GetPublicAccessBlock: ['NoSuchPublicAccessBlockConfiguration'],
  GetBucketOwnershipControls: ['OwnershipControlsNotFoundError'],
  PutBucketAcl: ['AccessControlListNotSupported', argument],
  PutBucketVersioning: ['IllegalVersioningConfigurationException', 'InvalidBucketState'],
  PutBucketEncryption: [argument],
  GetBucketLifecycleConfiguration: ['NoSuchLifecycleConfiguration'],
  PutBucketLifecycleConfiguration: [argument, invalid],
  GetBucketReplication: ['ReplicationConfigurationNotFoundError'],
  PutBucketReplication: [argument, invalid],
  GetObjectLockConfiguration: ['ObjectLockConfigurationNotFoundError'],
  PutObjectLockConfiguration: [argument, 'InvalidBucketState'],
  PutBucketLogging: [
    'AccessControlListNotSupported',
    'CrossLocationLoggingProhibitted',
    'InvalidTargetBucketForLogging',
  ],
  PutBucketAccelerateConfiguration: [invalid],
  GetBucketCors: ['NoSuchCORSConfiguration'],
  PutBucketCors: [invalid],
  GetBucketWebsite: ['NoSuchWebsiteConfiguration'],
  PutBucketWebsite: [argument, invalid],
  PutBucketNotificationConfiguration: [argument],
  GetBucketAnalyticsConfiguration: ['NoSuchConfiguration'],
  DeleteBucketAnalyticsConfiguration: ['NoSuchConfiguration'],
  PutBucketAnalyticsConfiguration: [argument, 'TooManyConfigurations'],
  GetBucketIntelligentTieringConfiguration: ['NoSuchConfiguration'],
  DeleteBucketIntelligentTieringConfiguration: ['NoSuchConfiguration'],
  PutBucketIntelligentTieringConfiguration: [argument, 'TooManyConfigurations'],
  GetBucketInventoryConfiguration: ['NoSuchConfiguration'],
  DeleteBucketInventoryConfiguration: ['NoSuchConfiguration'],
  PutBucketInventoryConfiguration: [argument, 'InvalidS3DestinationBucket', 'TooManyConfigurations'],
  GetBucketMetricsConfiguration: ['NoSuchConfiguration'],
  DeleteBucketMetricsConfiguration: ['NoSuchConfiguration'],
  PutBucketMetricsConfiguration: [argument, 'TooManyConfigurations'],
  ListObjects: listing,
  ListObjectsV2: listing,
  ListObjectVersions: listing,
  ListMultipartUploads: listing,
  DeleteObjects: ['InvalidArgument', invalid],
  PutObject: [
    ...newObject,
    ...body,
    ...condition,
    'MetadataTooLarge',
    'InvalidTag',
    'BadRequest',
    'InvalidEncryptionAlgorithmError',
    argument,
    invalid,
  ],
  CopyObject: ['KeyTooLongError', ...condition, 'NoSuchVersion', 'ObjectNotInActiveTierError', argument, invalid],
  GetObject: [
    ...object,
    'InvalidObjectState',
    'InvalidPartNumber',
    'InvalidRange',
    'NotModified',
    'PreconditionFailed',
    invalid,
  ],
  HeadObject: [...object, 'InvalidRange', 'NotModified', 'PreconditionFailed'],
  DeleteObject: [...condition, argument],
  RestoreObject: [...object, 'InvalidObjectState'],
  GetObjectTagging: object,
  PutObjectTagging: [...object, 'InvalidTag'],
  DeleteObjectTagging: object,
  GetObjectAcl: object,
  PutObjectAcl: [...object, 'AccessControlListNotSupported'],
  GetObjectAttributes: object,
  GetObjectRetention: [invalid, 'NoSuchKey', 'NoSuchObjectLockConfiguration'],
  PutObjectRetention: [invalid, 'NoSuchKey', argument],
  GetObjectLegalHold: [invalid, 'NoSuchKey', 'NoSuchObjectLockConfiguration'],
  PutObjectLegalHold: [invalid, 'NoSuchKey'],
  CreateMultipartUpload: [...newObject, invalid],
  UploadPart: ['NoSuchUpload', 'BadDigest', argument, invalid],
  UploadPartCopy: ['NoSuchUpload', ...condition, argument, invalid],
  CompleteMultipartUpload: [
    ...condition,
    'BadDigest',
    'EntityTooSmall',
    'InvalidPart',
    'InvalidPartOrder',
    'NoSuchUpload',
    invalid,
  ],
  AbortMultipartUpload: ['NoSuchUpload'],
  ListParts: ['NoSuchUpload', argument, invalid],
};

/** Errors of AWS's model that cannot come about here, and why. */
export const neverHere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HeadBucket: { NotFound: 'is what clients call a 404 without a body; the row of the missing bucket has it' },
  HeadObject: { NotFound: 'is what clients call a 404 without a body; the row of the missing key has it' },
  PutObject: {
    EncryptionTypeMismatch: 'is of appends, which only directory buckets take',
    InvalidWriteOffset: 'is of appends, which only directory buckets take',
    TooManyParts: 'is of appends, which only directory buckets take',
  },
  RestoreObject: {
    ObjectAlreadyInActiveTierError: 'is of S3 Express; a restore of what is active answers InvalidObjectState',
  },
};
