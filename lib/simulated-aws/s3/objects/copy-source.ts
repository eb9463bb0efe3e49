import { parseCopySource } from '../../../request-model';
import { notImplemented } from '../../wire/aws-error';
import { requireAccess } from '../access';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { invalidArgument, s3Error } from '../errors';
import { findBucket, type S3Request } from '../request';
import type { Bucket, ObjectVersion } from '../state';
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
  const reference = referenceOf(request.headers[sourceHeader] ?? '');
  requireSourceOwner(request, findBucket(request, reference.bucketName));
  requireAccess(request, 'copy-source');
  const version = findObject(request, reference);
  requireReadConditions(request.headers, version, 'copy-source');
  requireCustomerKey(request, version.encryption, 'copy-source');
  requireDecrypt(request, 'source-key');
  return { reference, version };
}

function referenceOf(header: string): ObjectReference {
  if (header.startsWith('arn:')) throw notImplemented('a copy from an access point');
  const reference = parseCopySource(header);
  if (reference === undefined) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw invalidArgument(message, sourceHeader, header);
  }
  return reference;
}

function requireSourceOwner({ headers }: S3Request, { accountId }: Bucket): void {
  const expected = headers['x-amz-source-expected-bucket-owner'];
  if (expected !== undefined && expected !== accountId) throw s3Error('AccessDenied');
}
