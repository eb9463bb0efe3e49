import { notImplemented } from '../../wire/exchange';
import { requireAccess } from '../access';
import { decode } from '../address';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { invalidArgument, s3Error } from '../errors';
import { findBucket, type S3Request } from '../request';
import type { ObjectVersion } from '../state';
import { findObject, type ObjectReference } from './find-object';
import { requireReadConditions } from './preconditions';

const sourceHeader = 'x-amz-copy-source';

/** The object that a copy reads, with what it was found by. */
export interface CopySource {
  readonly reference: ObjectReference;
  readonly version: ObjectVersion;
}

/**
 * Finds and reads the source of a copy, with every right that reading takes.
 *
 * @throws {AwsError} `InvalidArgument`, `AccessDenied`, `NoSuchKey`, `PreconditionFailed`, what KMS answers
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function readCopySource(request: S3Request): CopySource {
  const reference = parseCopySource(request.headers[sourceHeader] ?? '');
  findBucket(request, reference.bucketName);
  requireSourceOwner(request);
  const action = reference.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const context = reference.versionId === undefined ? {} : { 's3:versionid': reference.versionId };
  requireAccess(request, { action, ...reference, context });
  const version = findObject(request, reference);
  requireReadConditions(request.headers, version, 'copy-source');
  requireCustomerKey(request, version.encryption, 'copy-source');
  requireDecrypt(request, version.encryption);
  return { reference, version };
}

function parseCopySource(header: string): ObjectReference {
  const [path = '', query = ''] = header.split('?');
  if (path.startsWith('arn:')) throw notImplemented('a copy from an access point');
  const source = decode(path.replace(/^\//, ''));
  const slash = source.indexOf('/');
  const [bucketName, key] = [source.slice(0, Math.max(0, slash)), source.slice(slash + 1)];
  if (bucketName === '' || key === '') {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw invalidArgument(message, sourceHeader, header);
  }
  const versionId = new URLSearchParams(query).get('versionId');
  return { bucketName, key, ...(versionId === null ? {} : { versionId }) };
}

function requireSourceOwner({ headers, call }: S3Request): void {
  const expected = headers['x-amz-source-expected-bucket-owner'];
  if (expected !== undefined && expected !== call.account.accountId) throw s3Error('AccessDenied');
}
