import {
  type BatchEntry,
  type BucketFacts,
  type ObjectFacts,
  type ObjectState,
  parseCopySource,
  type S3RequestFacts,
  type StoredEncryption,
  type TransportFacts,
} from '../../../request-model';
import { findVersion } from '../../state/services/object-table';
import type { Bucket, Encryption, ObjectVersion } from '../../state/services/s3-state';
import { childNamed, childText } from '../../wire/xml/xml-element';
import { documentFacts } from './document-facts';
import type { S3Request } from './request';

/** Facts that only the operation knows. */
export type KnownFacts = Partial<Pick<S3RequestFacts, 'bucket' | 'object' | 'objects'>>;

/** The facts about a request that the request model needs, as the account is now. */
export function factsOf(request: S3Request, known: KnownFacts = {}): S3RequestFacts {
  const { call, operation, key } = request;
  const { principal } = call.caller;
  return {
    operation,
    partition: call.account.partition,
    ...('account' in principal ? { callerAccount: principal.account } : {}),
    query: Object.fromEntries(request.query),
    headers: request.headers,
    transport: transportFacts(request),
    receivedAt: call.request.receivedAt,
    ...(request.bucketName === '' ? {} : { bucket: bucketFacts(request, request.bucketName) }),
    ...(key === '' ? {} : { key, object: objectState(request, request.bucketName, { ...versionOf(request), key }) }),
    ...sourceFacts(request),
    ...uploadFacts(request),
    ...documentFacts(request),
    ...known,
  };
}

/** A bucket that is to be made, or is not there, is the caller's own, as S3 would make it. */
export function bucketFacts({ call, operation }: S3Request, name: string): BucketFacts {
  const { accountId, region, s3 } = call.account;
  const bucket = operation === 'CreateBucket' ? undefined : s3.buckets.get(name);
  return {
    name,
    account: bucket?.accountId ?? accountId,
    region: bucket?.region ?? region,
    defaultEncryption: defaultEncryption(bucket),
  };
}

function defaultEncryption(bucket: Bucket | undefined): BucketFacts['defaultEncryption'] {
  const rule = childNamed(bucket?.documents.get('ServerSideEncryptionConfiguration'), 'Rule');
  const settings = childNamed(rule, 'ApplyServerSideEncryptionByDefault');
  const kmsKey = childText(settings, 'KMSMasterKeyID');
  return {
    algorithm: childText(settings, 'SSEAlgorithm') ?? 'AES256',
    ...(kmsKey === undefined ? {} : { kmsKey }),
    isBucketKeyEnabled: childText(rule, 'BucketKeyEnabled')?.toLowerCase() === 'true',
  };
}

function transportFacts({ call, query }: S3Request): TransportFacts {
  const { isSecure, tlsVersion } = call.request;
  const isSigned = call.caller.principal.kind !== 'anonymous';
  const authType = query.has('X-Amz-Signature') ? 'REST-QUERY-STRING' : 'REST-HEADER';
  return { isSecure, ...(tlsVersion === undefined ? {} : { tlsVersion }), ...(isSigned ? { authType } : {}) };
}

function versionOf({ query }: S3Request): Pick<BatchEntry, 'versionId'> {
  const versionId = query.get('versionId');
  return versionId === undefined ? {} : { versionId };
}

function objectState({ call }: S3Request, bucketName: string, { key, versionId }: BatchEntry): ObjectState {
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

function sourceFacts(request: S3Request): Pick<S3RequestFacts, 'source'> {
  const reference = parseCopySource(request.headers['x-amz-copy-source']);
  if (reference === undefined) return {};
  const { bucketName, ...version } = reference;
  return {
    source: { bucket: bucketFacts(request, bucketName), object: objectState(request, bucketName, version) },
  };
}

function uploadFacts({ call, bucketName, key, query }: S3Request): Pick<S3RequestFacts, 'upload'> {
  const upload = call.account.s3.buckets.get(bucketName)?.uploads.get(query.get('uploadId') ?? '');
  return upload?.key === key ? { upload: { encryption: storedEncryption(upload.encryption) } } : {};
}
