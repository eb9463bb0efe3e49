import { type ConditionKeys, fromHeader, fromQuery, present } from './condition-key';
import { withoutSlash } from './copy-source';
import { aclHeaders } from './headers';
import { legalHold, retention } from './lock-condition-keys';
import { existingTags, removedTagKeys, requestObjectTags, requestTags, roleTags } from './tag-condition-keys';

/** `x-amz-…` headers whose condition key is their name behind `s3:`. */
function likeHeaders(...names: readonly string[]): readonly ConditionKeys[] {
  return names.map((name) => fromHeader(`s3:${name}`, name));
}

const grants = likeHeaders(...aclHeaders);
const ownership = likeHeaders('x-amz-object-ownership');
const storageClass = likeHeaders('x-amz-storage-class');

const version: ConditionKeys = {
  keys: ['s3:versionid'],
  read: (_facts, { versionId }) => present('s3:versionid', versionId),
};

const listing: readonly ConditionKeys[] = ['prefix', 'delimiter', 'max-keys'].map((name) =>
  fromQuery(`s3:${name}`, name),
);

const copySource: ConditionKeys = {
  keys: ['s3:x-amz-copy-source'],
  read: ({ headers }) => {
    const source = headers['x-amz-copy-source'];
    return present('s3:x-amz-copy-source', source === undefined ? undefined : withoutSlash(source));
  },
};

/** What an upload says of its object, as far as conditions on passing over a lock see it too. */
const upload: readonly ConditionKeys[] = [
  ...grants,
  ...storageClass,
  ...likeHeaders(
    'x-amz-metadata-directive',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm',
    'x-amz-website-redirect-location',
  ),
  copySource,
  requestObjectTags,
];

const ifMatch: ConditionKeys = {
  keys: ['s3:if-match'],
  read: ({ headers }, { etag }) => present('s3:if-match', etag ?? headers['if-match']),
};

/** Operations that make an object, and those that only prepare one. */
const objectCreation: Readonly<Record<string, string>> = {
  PutObject: 'true',
  CopyObject: 'true',
  CompleteMultipartUpload: 'true',
  CreateMultipartUpload: 'false',
  UploadPart: 'false',
  UploadPartCopy: 'false',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html */
const creation: ConditionKeys = {
  keys: ['s3:ObjectCreationOperation'],
  read: ({ operation }) => present('s3:ObjectCreationOperation', objectCreation[operation]),
};

const location: ConditionKeys = {
  keys: ['s3:locationconstraint'],
  read: ({ document }) => present('s3:locationconstraint', document?.locationConstraint),
};

const passedToS3: ConditionKeys = {
  keys: ['iam:PassedToService'],
  read: () => ({ 'iam:PassedToService': 's3.amazonaws.com' }),
};

/**
 * The condition keys that each action has beside those that every action has; an action that is not here has none.
 *
 * They hold what the request says: default encryption and the like come later and are not seen.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const conditionKeysByAction: Readonly<Record<string, readonly ConditionKeys[]>> = {
  'iam:PassRole': [passedToS3, roleTags],
  's3:CreateBucket': [...grants, ...ownership, location, requestTags],
  's3:TagResource': [requestTags],
  's3:UntagResource': [removedTagKeys],
  's3:PutBucketAcl': grants,
  's3:ListBucket': listing,
  's3:ListBucketVersions': listing,
  's3:PutObject': [
    ...upload,
    ...retention,
    legalHold,
    creation,
    ifMatch,
    fromHeader('s3:if-none-match', 'if-none-match'),
  ],
  's3:PutObjectAcl': [...grants, ...storageClass, existingTags],
  's3:PutObjectVersionAcl': [...grants, ...storageClass, existingTags, version],
  's3:PutObjectRetention': retention,
  's3:PutObjectLegalHold': [legalHold],
  's3:PutObjectTagging': [existingTags, requestObjectTags],
  's3:PutObjectVersionTagging': [existingTags, requestObjectTags, version],
  's3:BypassGovernanceRetention': upload,
  's3:DeleteObject': [ifMatch],
  's3:DeleteObjectVersion': [version],
  's3:DeleteObjectTagging': [existingTags],
  's3:DeleteObjectVersionTagging': [existingTags, version],
  's3:GetObject': [existingTags],
  's3:GetObjectAcl': [existingTags],
  's3:GetObjectAttributes': [existingTags],
  's3:GetObjectTagging': [existingTags],
  's3:GetObjectVersion': [existingTags, version],
  's3:GetObjectVersionAcl': [existingTags, version],
  's3:GetObjectVersionAttributes': [existingTags, version],
  's3:GetObjectVersionTagging': [existingTags, version],
};
