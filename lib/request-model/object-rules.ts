import { ACL_HEADERS, OBJECT_LOCK_HEADERS } from './headers';
import {
  type AccessRule,
  all,
  carries,
  comparesEtag,
  isUnderGovernance,
  not,
  objectHasLegalHold,
  objectHasRetention,
  objectHasTags,
  objectIsMissing,
  says,
  sourceHasTags,
  sourceIsMissing,
} from './rule';

const ON_OBJECT = { step: 'request', on: 'object' } as const;

/** Only a caller who may list the bucket learns that a key is missing. */
const TOLD_MISSING: AccessRule = {
  step: 'told-missing',
  on: 'bucket',
  action: 's3:ListBucket',
  when: objectIsMissing,
};

/**
 * Rights that an upload takes beyond `s3:PutObject`, by what it says of the object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
const NEW_OBJECT: readonly AccessRule[] = [
  { ...ON_OBJECT, action: 's3:PutObject' },
  { ...ON_OBJECT, action: 's3:PutObjectAcl', when: carries(...ACL_HEADERS) },
  { ...ON_OBJECT, action: 's3:PutObjectTagging', when: carries('x-amz-tagging') },
  {
    ...ON_OBJECT,
    action: 's3:PutObjectRetention',
    when: carries(OBJECT_LOCK_HEADERS.mode, OBJECT_LOCK_HEADERS.retainUntil),
  },
  { ...ON_OBJECT, action: 's3:PutObjectLegalHold', when: carries(OBJECT_LOCK_HEADERS.legalHold) },
];

/** A part takes the right to the whole; what the object is to be was asked when the upload was made. */
const PART: readonly AccessRule[] = [{ ...ON_OBJECT, action: 's3:PutObject' }];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const COPY_SOURCE: readonly AccessRule[] = [
  { step: 'copy-source', on: 'source', action: 's3:GetObject', versionAction: 's3:GetObjectVersion' },
  { ...TOLD_MISSING, on: 'source-bucket', when: sourceIsMissing },
];

const tagsGoAlong = not(says('x-amz-tagging-directive', 'REPLACE'));

const COPIED_TAGS: readonly AccessRule[] = [
  {
    step: 'copied-tags',
    on: 'source',
    action: 's3:GetObjectTagging',
    versionAction: 's3:GetObjectVersionTagging',
    when: all(tagsGoAlong, sourceHasTags),
  },
  {
    step: 'copied-tags',
    on: 'object',
    action: 's3:PutObjectTagging',
    when: all(tagsGoAlong, sourceHasTags),
  },
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass */
const BYPASS: AccessRule = {
  step: 'governance-bypass',
  on: 'object',
  action: 's3:BypassGovernanceRetention',
  when: all(says('x-amz-bypass-governance-retention', 'true'), isUnderGovernance),
};

/** Headers of the answer that only a caller sees who may read the same by its own operation. */
const TOLD_OF_OBJECT: readonly AccessRule[] = [
  {
    step: 'told-tags',
    on: 'object',
    action: 's3:GetObjectTagging',
    versionAction: 's3:GetObjectVersionTagging',
    when: objectHasTags,
  },
  { step: 'told-retention', on: 'object', action: 's3:GetObjectRetention', when: objectHasRetention },
  { step: 'told-legal-hold', on: 'object', action: 's3:GetObjectLegalHold', when: objectHasLegalHold },
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
const REMOVE = { action: 's3:DeleteObject', versionAction: 's3:DeleteObjectVersion' } as const;

/**
 * Who compares an ETag before a write or a delete learns what is there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
const COMPARE = { action: 's3:GetObject', when: comparesEtag } as const;
const COMPARE_OBJECT: AccessRule = { ...ON_OBJECT, ...COMPARE };
const READ: AccessRule = { ...ON_OBJECT, action: 's3:GetObject', versionAction: 's3:GetObjectVersion' };

/** The rule of an operation on a sub-resource, which has an action of its own for a named version. */
function onSubresource(verb: 'Get' | 'Put' | 'Delete', name: string): readonly AccessRule[] {
  const versionAction = `s3:${verb}ObjectVersion${name}`;
  return [{ ...ON_OBJECT, action: `s3:${verb}Object${name}`, versionAction }, TOLD_MISSING];
}

/**
 * The rules of operations on objects and multipart uploads.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export const OBJECT_RULES: Readonly<Record<string, readonly AccessRule[]>> = {
  PutObject: [...NEW_OBJECT, COMPARE_OBJECT],
  CopyObject: [...NEW_OBJECT, COMPARE_OBJECT, ...COPY_SOURCE, ...COPIED_TAGS],
  GetObject: [READ, TOLD_MISSING, ...TOLD_OF_OBJECT],
  HeadObject: [READ, TOLD_MISSING, ...TOLD_OF_OBJECT],
  GetObjectAttributes: [READ, ...onSubresource('Get', 'Attributes')],
  DeleteObject: [{ ...ON_OBJECT, ...REMOVE }, COMPARE_OBJECT, BYPASS],
  DeleteObjects: [
    { ...REMOVE, step: 'batch-entry', on: 'batch-entry' },
    { ...COMPARE, step: 'batch-entry', on: 'batch-entry' },
    { ...BYPASS, on: 'batch-entry' },
  ],
  GetObjectTagging: onSubresource('Get', 'Tagging'),
  PutObjectTagging: onSubresource('Put', 'Tagging'),
  DeleteObjectTagging: onSubresource('Delete', 'Tagging'),
  GetObjectAcl: onSubresource('Get', 'Acl'),
  PutObjectAcl: onSubresource('Put', 'Acl'),
  GetObjectRetention: [{ ...ON_OBJECT, action: 's3:GetObjectRetention' }, TOLD_MISSING],
  PutObjectRetention: [{ ...ON_OBJECT, action: 's3:PutObjectRetention' }, TOLD_MISSING, BYPASS],
  GetObjectLegalHold: [{ ...ON_OBJECT, action: 's3:GetObjectLegalHold' }, TOLD_MISSING],
  PutObjectLegalHold: [{ ...ON_OBJECT, action: 's3:PutObjectLegalHold' }, TOLD_MISSING],
  RestoreObject: [{ ...ON_OBJECT, action: 's3:RestoreObject' }, TOLD_MISSING],
  CreateMultipartUpload: NEW_OBJECT,
  UploadPart: PART,
  UploadPartCopy: [...PART, ...COPY_SOURCE],
  CompleteMultipartUpload: [...PART, COMPARE_OBJECT],
  AbortMultipartUpload: [{ ...ON_OBJECT, action: 's3:AbortMultipartUpload' }],
  ListParts: [{ ...ON_OBJECT, action: 's3:ListMultipartUploadParts' }],
};
