import { ACL_HEADERS } from './headers';
import { type AccessRule, all, carries, not, says } from './rule';

/**
 * Operations on a bucket that take one action, whatever their parameters.
 *
 * Deleting a configuration takes the action of putting it, except for the policy and the website.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const ACTIONS: Readonly<Record<string, string>> = {
  DeleteBucket: 's3:DeleteBucket',
  DeleteBucketAnalyticsConfiguration: 's3:PutAnalyticsConfiguration',
  DeleteBucketCors: 's3:PutBucketCORS',
  DeleteBucketEncryption: 's3:PutEncryptionConfiguration',
  DeleteBucketIntelligentTieringConfiguration: 's3:PutIntelligentTieringConfiguration',
  DeleteBucketInventoryConfiguration: 's3:PutInventoryConfiguration',
  DeleteBucketLifecycle: 's3:PutLifecycleConfiguration',
  DeleteBucketMetricsConfiguration: 's3:PutMetricsConfiguration',
  DeleteBucketOwnershipControls: 's3:PutBucketOwnershipControls',
  DeleteBucketPolicy: 's3:DeleteBucketPolicy',
  DeleteBucketReplication: 's3:PutReplicationConfiguration',
  DeleteBucketTagging: 's3:PutBucketTagging',
  DeleteBucketWebsite: 's3:DeleteBucketWebsite',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 's3:GetAccelerateConfiguration',
  GetBucketAcl: 's3:GetBucketAcl',
  GetBucketAnalyticsConfiguration: 's3:GetAnalyticsConfiguration',
  GetBucketCors: 's3:GetBucketCORS',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetBucketIntelligentTieringConfiguration: 's3:GetIntelligentTieringConfiguration',
  GetBucketInventoryConfiguration: 's3:GetInventoryConfiguration',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetBucketLocation: 's3:GetBucketLocation',
  GetBucketLogging: 's3:GetBucketLogging',
  GetBucketMetricsConfiguration: 's3:GetMetricsConfiguration',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
  GetBucketPolicy: 's3:GetBucketPolicy',
  GetBucketPolicyStatus: 's3:GetBucketPolicyStatus',
  GetBucketReplication: 's3:GetReplicationConfiguration',
  GetBucketRequestPayment: 's3:GetBucketRequestPayment',
  GetBucketTagging: 's3:GetBucketTagging',
  GetBucketVersioning: 's3:GetBucketVersioning',
  GetBucketWebsite: 's3:GetBucketWebsite',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  HeadBucket: 's3:ListBucket',
  ListBucketAnalyticsConfigurations: 's3:GetAnalyticsConfiguration',
  ListBucketIntelligentTieringConfigurations: 's3:GetIntelligentTieringConfiguration',
  ListBucketInventoryConfigurations: 's3:GetInventoryConfiguration',
  ListBucketMetricsConfigurations: 's3:GetMetricsConfiguration',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  ListObjectVersions: 's3:ListBucketVersions',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListTagsForResource: 's3:ListTagsForResource',
  PutBucketAccelerateConfiguration: 's3:PutAccelerateConfiguration',
  PutBucketAcl: 's3:PutBucketAcl',
  PutBucketAnalyticsConfiguration: 's3:PutAnalyticsConfiguration',
  PutBucketCors: 's3:PutBucketCORS',
  PutBucketEncryption: 's3:PutEncryptionConfiguration',
  PutBucketIntelligentTieringConfiguration: 's3:PutIntelligentTieringConfiguration',
  PutBucketInventoryConfiguration: 's3:PutInventoryConfiguration',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  PutBucketLogging: 's3:PutBucketLogging',
  PutBucketMetricsConfiguration: 's3:PutMetricsConfiguration',
  PutBucketNotificationConfiguration: 's3:PutBucketNotification',
  PutBucketOwnershipControls: 's3:PutBucketOwnershipControls',
  PutBucketPolicy: 's3:PutBucketPolicy',
  PutBucketRequestPayment: 's3:PutBucketRequestPayment',
  PutBucketTagging: 's3:PutBucketTagging',
  PutBucketVersioning: 's3:PutBucketVersioning',
  PutBucketWebsite: 's3:PutBucketWebsite',
  PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  TagResource: 's3:TagResource',
  UntagResource: 's3:UntagResource',
};

const ON_BUCKET = { step: 'request', on: 'bucket' } as const;
const withLock = says('x-amz-bucket-object-lock-enabled', 'true');

/** The ACL that every bucket has is no ACL worth asking about. */
const withAcl = all(carries(...ACL_HEADERS), not(says('x-amz-acl', 'private')));

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
const CREATE_BUCKET: readonly AccessRule[] = [
  { ...ON_BUCKET, action: 's3:PutBucketOwnershipControls', when: carries('x-amz-object-ownership') },
  { ...ON_BUCKET, action: 's3:PutBucketObjectLockConfiguration', when: withLock },
  { ...ON_BUCKET, action: 's3:PutBucketVersioning', when: withLock },
  { ...ON_BUCKET, action: 's3:CreateBucket' },
  {
    ...ON_BUCKET,
    action: 's3:TagResource',
    when: ({ document }) => Object.keys(document?.tags ?? {}).length > 0,
  },
  { ...ON_BUCKET, action: 's3:PutBucketAcl', when: withAcl },
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
const PUT_REPLICATION: readonly AccessRule[] = [
  { ...ON_BUCKET, action: 's3:PutReplicationConfiguration' },
  { step: 'request', on: 'passed-role', action: 'iam:PassRole' },
];

/** The rules of operations on buckets. */
export const BUCKET_RULES: Readonly<Record<string, readonly AccessRule[]>> = {
  ...Object.fromEntries(Object.entries(ACTIONS).map(([operation, action]) => [operation, [{ ...ON_BUCKET, action }]])),
  ListBuckets: [{ step: 'request', on: 'every-bucket', action: 's3:ListAllMyBuckets' }],
  GetAccountPublicAccessBlock: [{ step: 'request', on: 'every-bucket', action: 's3:GetAccountPublicAccessBlock' }],
  GetAccessPointPolicy: [{ step: 'request', on: 'access-point', action: 's3:GetAccessPointPolicy' }],
  ListAccessPoints: [{ step: 'request', on: 'every-bucket', action: 's3:ListAccessPoints' }],
  ListMultiRegionAccessPoints: [{ step: 'request', on: 'every-bucket', action: 's3:ListMultiRegionAccessPoints' }],
  CreateBucket: CREATE_BUCKET,
  PutBucketReplication: PUT_REPLICATION,
};
