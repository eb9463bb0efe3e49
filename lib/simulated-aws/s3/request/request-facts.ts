import {
  type BatchEntry,
  type DocumentFacts,
  type ObjectFacts,
  type ObjectState,
  parseCopySource,
  type S3RequestFacts,
  type StoredEncryption,
} from '../../../request-model';
import type { AccountState } from '../../state/account-state';
import { findVersion } from '../../state/services/object-table';
import type { Encryption, ObjectVersion } from '../../state/services/stored-object';
import { readXml } from '../../wire/xml/xml';
import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { bucketFacts, type S3Request } from './request';
import { tagsOf } from './tags';

export function objectState({ call }: S3Request, bucketName: string, { key, versionId }: BatchEntry): ObjectState {
  const bucket = call.account.s3.buckets.get(bucketName);
  const version = bucket && findVersion(bucket.objects, key, versionId);
  return version?.kind === 'object' ? objectFacts(version) : 'missing';
}

/** The facts about a stored object that access may depend on. */
export function objectFacts({ encryption, tags, retention, legalHold }: ObjectVersion): ObjectFacts {
  return {
    encryption: storedEncryption(encryption),
    tags: Object.fromEntries(tags),
    hasRetention: retention !== undefined,
    hasLegalHold: legalHold !== undefined,
  };
}

function storedEncryption(encryption: Encryption): StoredEncryption {
  return encryption.kind === 'SSE-C' ? { kind: 'SSE-C' } : encryption;
}

export function sourceFacts(request: S3Request): Pick<S3RequestFacts, 'source'> {
  const reference = parseCopySource(request.headers['x-amz-copy-source']);
  if (reference === undefined) return {};
  const { bucketName, ...version } = reference;
  return {
    source: { bucket: bucketFacts(request, bucketName), object: objectState(request, bucketName, version) },
  };
}

export function uploadFacts({ call, bucketName, key, query }: S3Request): Pick<S3RequestFacts, 'upload'> {
  const upload = call.account.s3.buckets.get(bucketName)?.uploads.get(query.get('uploadId') ?? '');
  return upload?.key === key ? { upload: { encryption: storedEncryption(upload.encryption) } } : {};
}

/** The part of its document that each operation shows to conditions. */
const READERS: Readonly<Record<string, (document: XmlElement, account: AccountState) => DocumentFacts>> = {
  CreateBucket: (document) => ({
    ...tags(childNamed(document, 'Tags')),
    ...present('locationConstraint', childText(document, 'LocationConstraint')),
  }),
  PutObjectTagging: (document) => tags(childNamed(document, 'TagSet')),
  TagResource: (document) => tags(childNamed(document, 'Tags')),
  PutObjectRetention: (document) => ({
    ...present('retentionMode', childText(document, 'Mode')),
    ...present('retainUntil', childText(document, 'RetainUntilDate')),
  }),
  PutBucketReplication: (document, { iam }) => {
    const arn = childText(document, 'Role') ?? '';
    const role = [...iam.roles.values()].find((one) => one.arn === arn);
    return isRoleArn(arn) ? { replicationRole: { arn, tags: Object.fromEntries(role?.tags ?? []) } } : {};
  },
  PutObjectLegalHold: (document) => present('legalHold', childText(document, 'Status')),
};

export function isRoleArn(text: string): boolean {
  return /^arn:[\w-]+:iam::\d{12}:role\/./.test(text);
}

/** Whether conditions may depend on the document in the body. */
export function readsDocument(operation: string): boolean {
  return Object.hasOwn(READERS, operation);
}

/**
 * The facts in the body's document.
 *
 * A document that cannot be read says nothing: that it is malformed is said after access is decided.
 */
export function documentFacts({ operation, call }: S3Request): Pick<S3RequestFacts, 'document'> {
  const reader = READERS[operation];
  const document = reader && tryReadXml(call.request.body);
  return reader && document ? { document: reader(document, call.account) } : {};
}

function tags(tagSet: XmlElement | undefined): DocumentFacts {
  return { tags: Object.fromEntries(tagsOf(tagSet)) };
}

function present(
  fact: Exclude<keyof DocumentFacts, 'tags' | 'replicationRole'>,
  text: string | undefined,
): DocumentFacts {
  return text === undefined ? {} : { [fact]: text };
}

function tryReadXml(body: Buffer): XmlElement | undefined {
  try {
    return readXml(body);
  } catch {
    return undefined;
  }
}
