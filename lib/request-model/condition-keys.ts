import { ACL_HEADERS, withoutSlash } from './headers';
import {
  type ConditionKeys,
  EXISTING_TAGS,
  fromHeader,
  fromQuery,
  LEGAL_HOLD,
  present,
  REMOVED_TAG_KEYS,
  REQUEST_OBJECT_TAGS,
  REQUEST_TAGS,
  RETENTION,
  ROLE_TAGS,
} from './read-condition-key';

/** `x-amz-…` headers whose condition key is their name behind `s3:`. */
function likeHeaders(...names: readonly string[]): readonly ConditionKeys[] {
  return names.map((name) => fromHeader(`s3:${name}`, name));
}

const grants = likeHeaders(...ACL_HEADERS);
const ownership = likeHeaders('x-amz-object-ownership');
const storageClass = likeHeaders('x-amz-storage-class');

const VERSION: ConditionKeys = {
  keys: ['s3:versionid'],
  read: (_facts, { versionId }) => present('s3:versionid', versionId),
};

const LISTING: readonly ConditionKeys[] = ['prefix', 'delimiter', 'max-keys'].map((name) =>
  fromQuery(`s3:${name}`, name),
);

const COPY_SOURCE: ConditionKeys = {
  keys: ['s3:x-amz-copy-source'],
  read: ({ headers }) => {
    const source = headers['x-amz-copy-source'];
    return present('s3:x-amz-copy-source', source === undefined ? undefined : withoutSlash(source));
  },
};

/** Condition keys about an uploaded object; conditions on bypassing a lock see them too. */
const UPLOAD: readonly ConditionKeys[] = [
  ...grants,
  ...storageClass,
  ...likeHeaders(
    'x-amz-metadata-directive',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
    'x-amz-server-side-encryption-customer-algorithm',
    'x-amz-website-redirect-location',
  ),
  COPY_SOURCE,
  REQUEST_OBJECT_TAGS,
];

const IF_MATCH: ConditionKeys = {
  keys: ['s3:if-match'],
  read: ({ headers }, { etag }) => present('s3:if-match', etag ?? headers['if-match']),
};

/** Operations that make an object, and those that only prepare one. */
const OBJECT_CREATION: Readonly<Record<string, string>> = {
  PutObject: 'true',
  CopyObject: 'true',
  CompleteMultipartUpload: 'true',
  CreateMultipartUpload: 'false',
  UploadPart: 'false',
  UploadPartCopy: 'false',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html */
const CREATION: ConditionKeys = {
  keys: ['s3:ObjectCreationOperation'],
  read: ({ operation }) => present('s3:ObjectCreationOperation', OBJECT_CREATION[operation]),
};

const LOCATION: ConditionKeys = {
  keys: ['s3:locationconstraint'],
  read: ({ document }) => present('s3:locationconstraint', document?.locationConstraint),
};

const PASSED_TO_S3: ConditionKeys = {
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
export const CONDITION_KEYS_BY_ACTION: Readonly<Record<string, readonly ConditionKeys[]>> = {
  'iam:PassRole': [PASSED_TO_S3, ROLE_TAGS],
  's3:CreateBucket': [...grants, ...ownership, LOCATION, REQUEST_TAGS],
  's3:TagResource': [REQUEST_TAGS],
  's3:UntagResource': [REMOVED_TAG_KEYS],
  's3:PutBucketAcl': grants,
  's3:ListBucket': LISTING,
  's3:ListBucketVersions': LISTING,
  's3:PutObject': [
    ...UPLOAD,
    ...RETENTION,
    LEGAL_HOLD,
    CREATION,
    IF_MATCH,
    fromHeader('s3:if-none-match', 'if-none-match'),
  ],
  's3:PutObjectAcl': [...grants, ...storageClass, EXISTING_TAGS],
  's3:PutObjectVersionAcl': [...grants, ...storageClass, EXISTING_TAGS, VERSION],
  's3:PutObjectRetention': RETENTION,
  's3:PutObjectLegalHold': [LEGAL_HOLD],
  's3:PutObjectTagging': [EXISTING_TAGS, REQUEST_OBJECT_TAGS],
  's3:PutObjectVersionTagging': [EXISTING_TAGS, REQUEST_OBJECT_TAGS, VERSION],
  's3:BypassGovernanceRetention': UPLOAD,
  's3:DeleteObject': [IF_MATCH],
  's3:DeleteObjectVersion': [VERSION],
  's3:DeleteObjectTagging': [EXISTING_TAGS],
  's3:DeleteObjectVersionTagging': [EXISTING_TAGS, VERSION],
  's3:GetObject': [EXISTING_TAGS],
  's3:GetObjectAcl': [EXISTING_TAGS],
  's3:GetObjectAttributes': [EXISTING_TAGS],
  's3:GetObjectTagging': [EXISTING_TAGS],
  's3:GetObjectVersion': [EXISTING_TAGS, VERSION],
  's3:GetObjectVersionAcl': [EXISTING_TAGS, VERSION],
  's3:GetObjectVersionAttributes': [EXISTING_TAGS, VERSION],
  's3:GetObjectVersionTagging': [EXISTING_TAGS, VERSION],
};
