/** A condition key and the part of the request that it is read from; without that part the key is absent. */
export interface ContextKey {
  readonly key: string;
  readonly header?: string;
  readonly query?: string;
}

const grants: readonly ContextKey[] = [
  'acl',
  'grant-full-control',
  'grant-read',
  'grant-read-acp',
  'grant-write',
  'grant-write-acp',
].map((name) => ({ key: `s3:x-amz-${name}`, header: `x-amz-${name}` }));

const version: readonly ContextKey[] = [{ key: 's3:VersionId', query: 'versionId' }];

const listing: readonly ContextKey[] = [
  { key: 's3:prefix', query: 'prefix' },
  { key: 's3:delimiter', query: 'delimiter' },
  { key: 's3:max-keys', query: 'max-keys' },
];

const retention: readonly ContextKey[] = [
  { key: 's3:object-lock-mode', header: 'x-amz-object-lock-mode' },
  { key: 's3:object-lock-retain-until-date', header: 'x-amz-object-lock-retain-until-date' },
];

const legalHold: readonly ContextKey[] = [{ key: 's3:object-lock-legal-hold', header: 'x-amz-object-lock-legal-hold' }];

const upload: readonly ContextKey[] = [
  ...grants,
  ...retention,
  ...legalHold,
  ...[
    'copy-source',
    'metadata-directive',
    'server-side-encryption',
    'server-side-encryption-aws-kms-key-id',
    'server-side-encryption-customer-algorithm',
    'storage-class',
    'website-redirect-location',
  ].map((name) => ({ key: `s3:x-amz-${name}`, header: `x-amz-${name}` })),
  { key: 's3:if-match', header: 'if-match' },
  { key: 's3:if-none-match', header: 'if-none-match' },
];

/**
 * The condition keys of each action that are read straight from the request; an action that is not here has none.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const contextKeysByAction: Readonly<Record<string, readonly ContextKey[]>> = {
  's3:CreateBucket': [...grants, { key: 's3:x-amz-object-ownership', header: 'x-amz-object-ownership' }],
  's3:PutBucketAcl': grants,
  's3:PutBucketOwnershipControls': [{ key: 's3:x-amz-object-ownership', header: 'x-amz-object-ownership' }],
  's3:ListBucket': listing,
  's3:ListBucketVersions': listing,
  's3:PutObject': upload,
  's3:PutObjectAcl': [...grants, { key: 's3:x-amz-storage-class', header: 'x-amz-storage-class' }],
  's3:PutObjectVersionAcl': [...grants, ...version],
  's3:PutObjectRetention': retention,
  's3:PutObjectLegalHold': legalHold,
  's3:BypassGovernanceRetention': [...retention, ...legalHold],
  's3:DeleteObject': [{ key: 's3:if-match', header: 'if-match' }],
  's3:DeleteObjectVersion': version,
  's3:DeleteObjectVersionTagging': version,
  's3:GetObjectVersion': version,
  's3:GetObjectVersionAcl': version,
  's3:GetObjectVersionAttributes': version,
  's3:GetObjectVersionTagging': version,
  's3:PutObjectVersionTagging': version,
};

/** Keys that every action of S3 has, read straight from the request. */
export const commonContextKeys: readonly ContextKey[] = [
  { key: 's3:x-amz-content-sha256', header: 'x-amz-content-sha256' },
];
