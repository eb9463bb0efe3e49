/** Lists of objects and of versions. */
const LISTS: readonly string[] = ['ListBucket', 'ListBucketVersions'];
const TAGGED_BY_REQUEST: readonly string[] = [
  'BypassGovernanceRetention',
  'PutObject',
  'PutObjectTagging',
  'PutObjectVersionTagging',
];
const COPIES: readonly string[] = ['BypassGovernanceRetention', 'PutObject'];
const ENCRYPTS: readonly string[] = [
  'BypassGovernanceRetention',
  'PutObject',
  'ReplicateObject',
  'UpdateObjectEncryption',
];
const GRANTS: readonly string[] = [
  'BypassGovernanceRetention',
  'CreateBucket',
  'PutBucketAcl',
  'PutObject',
  'PutObjectAcl',
  'PutObjectVersionAcl',
];
const OF_TAGGED_OBJECTS: readonly string[] = [
  'DeleteObjectAnnotation',
  'DeleteObjectTagging',
  'DeleteObjectVersionAnnotation',
  'DeleteObjectVersionTagging',
  'GetObject',
  'GetObjectAcl',
  'GetObjectAnnotation',
  'GetObjectAttributes',
  'GetObjectTagging',
  'GetObjectVersion',
  'GetObjectVersionAcl',
  'GetObjectVersionAnnotation',
  'GetObjectVersionAttributes',
  'GetObjectVersionTagging',
  'ListObjectAnnotations',
  'ListObjectVersionAnnotations',
  'PutObjectAcl',
  'PutObjectAnnotation',
  'PutObjectTagging',
  'PutObjectVersionAcl',
  'PutObjectVersionAnnotation',
  'PutObjectVersionTagging',
  'UpdateObjectEncryption',
];

/**
 * Condition keys of S3 that come with few requests, and the actions of which they do: those by which policies of backups
 * tell requests apart. `*` stands for the part that the policy's author chooses.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const S3_KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  's3:delimiter': LISTS,
  's3:ExistingObjectTag/*': OF_TAGGED_OBJECTS,
  's3:locationconstraint': ['CreateAccessPoint', 'CreateBucket'],
  's3:max-keys': LISTS,
  's3:prefix': LISTS,
  's3:RequestObjectTag/*': TAGGED_BY_REQUEST,
  's3:RequestObjectTagKeys': TAGGED_BY_REQUEST,
  's3:x-amz-acl': [...GRANTS, 'CreateAccessPoint'],
  's3:x-amz-copy-source': COPIES,
  's3:x-amz-grant-full-control': GRANTS,
  's3:x-amz-grant-read': GRANTS,
  's3:x-amz-grant-read-acp': GRANTS,
  's3:x-amz-grant-write': GRANTS,
  's3:x-amz-grant-write-acp': GRANTS,
  's3:x-amz-metadata-directive': COPIES,
  's3:x-amz-server-side-encryption': ENCRYPTS,
  's3:x-amz-server-side-encryption-aws-kms-key-id': ENCRYPTS,
  's3:x-amz-server-side-encryption-customer-algorithm': ENCRYPTS.filter((name) => name !== 'UpdateObjectEncryption'),
};
