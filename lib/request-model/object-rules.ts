import { aclHeaders, objectLockHeaders } from './headers';
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

const onObject = { step: 'request', on: 'object' } as const;

/** Only a caller who may list the bucket learns that a key is missing. */
const toldMissing: AccessRule = {
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
const newObject: readonly AccessRule[] = [
  { ...onObject, action: 's3:PutObject' },
  { ...onObject, action: 's3:PutObjectAcl', when: carries(...aclHeaders) },
  { ...onObject, action: 's3:PutObjectTagging', when: carries('x-amz-tagging') },
  {
    ...onObject,
    action: 's3:PutObjectRetention',
    when: carries(objectLockHeaders.mode, objectLockHeaders.retainUntil),
  },
  { ...onObject, action: 's3:PutObjectLegalHold', when: carries(objectLockHeaders.legalHold) },
];

/** A part takes the right to the whole; what the object is to be was asked when the upload was made. */
const part: readonly AccessRule[] = [{ ...onObject, action: 's3:PutObject' }];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const copySource: readonly AccessRule[] = [
  { step: 'copy-source', on: 'source', action: 's3:GetObject', versionAction: 's3:GetObjectVersion' },
  { ...toldMissing, on: 'source-bucket', when: sourceIsMissing },
];

const tagsGoAlong = not(says('x-amz-tagging-directive', 'REPLACE'));

const copiedTags: readonly AccessRule[] = [
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
const bypass: AccessRule = {
  step: 'governance-bypass',
  on: 'object',
  action: 's3:BypassGovernanceRetention',
  when: all(says('x-amz-bypass-governance-retention', 'true'), isUnderGovernance),
};

/** Headers of the answer that only a caller sees who may read the same by its own operation. */
const toldOfObject: readonly AccessRule[] = [
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
const remove = { action: 's3:DeleteObject', versionAction: 's3:DeleteObjectVersion' } as const;

/**
 * Who compares an ETag before a write or a delete learns what is there.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
const compare = { action: 's3:GetObject', when: comparesEtag } as const;
const compareObject: AccessRule = { ...onObject, ...compare };
const read: AccessRule = { ...onObject, action: 's3:GetObject', versionAction: 's3:GetObjectVersion' };

/** The rule of an operation on a sub-resource, which has an action of its own for a named version. */
function onSubresource(verb: 'Get' | 'Put' | 'Delete', name: string): readonly AccessRule[] {
  const versionAction = `s3:${verb}ObjectVersion${name}`;
  return [{ ...onObject, action: `s3:${verb}Object${name}`, versionAction }, toldMissing];
}

/**
 * The rules of operations on objects and multipart uploads.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export const objectRules: Readonly<Record<string, readonly AccessRule[]>> = {
  PutObject: [...newObject, compareObject],
  CopyObject: [...newObject, compareObject, ...copySource, ...copiedTags],
  GetObject: [read, toldMissing, ...toldOfObject],
  HeadObject: [read, toldMissing, ...toldOfObject],
  GetObjectAttributes: [read, ...onSubresource('Get', 'Attributes')],
  DeleteObject: [{ ...onObject, ...remove }, compareObject, bypass],
  DeleteObjects: [
    { ...remove, step: 'batch-entry', on: 'batch-entry' },
    { ...compare, step: 'batch-entry', on: 'batch-entry' },
    { ...bypass, on: 'batch-entry' },
  ],
  GetObjectTagging: onSubresource('Get', 'Tagging'),
  PutObjectTagging: onSubresource('Put', 'Tagging'),
  DeleteObjectTagging: onSubresource('Delete', 'Tagging'),
  GetObjectAcl: onSubresource('Get', 'Acl'),
  PutObjectAcl: onSubresource('Put', 'Acl'),
  GetObjectRetention: [{ ...onObject, action: 's3:GetObjectRetention' }, toldMissing],
  PutObjectRetention: [{ ...onObject, action: 's3:PutObjectRetention' }, toldMissing, bypass],
  GetObjectLegalHold: [{ ...onObject, action: 's3:GetObjectLegalHold' }, toldMissing],
  PutObjectLegalHold: [{ ...onObject, action: 's3:PutObjectLegalHold' }, toldMissing],
  RestoreObject: [{ ...onObject, action: 's3:RestoreObject' }, toldMissing],
  CreateMultipartUpload: newObject,
  UploadPart: part,
  UploadPartCopy: [...part, ...copySource],
  CompleteMultipartUpload: [...part, compareObject],
  AbortMultipartUpload: [{ ...onObject, action: 's3:AbortMultipartUpload' }],
  ListParts: [{ ...onObject, action: 's3:ListMultipartUploadParts' }],
};
