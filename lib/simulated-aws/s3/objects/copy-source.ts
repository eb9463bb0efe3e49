import { parseCopySource } from '../../../request-model';
import { findVersion, isArchived } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import type { ObjectVersion } from '../../state/services/stored-object';
import { notImplemented } from '../../wire/http/aws-error';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { requireAccess } from '../request/access';
import { deniedBecause, invalidArgument, invalidRequest, requireAccountId, s3Error } from '../request/errors';
import { findBucket, type S3Request } from '../request/request';
import { findObject, type ObjectReference } from './find-object';
import { requireReadConditions } from './preconditions';

const SOURCE_HEADER = 'x-amz-copy-source';

/** The object that a copy reads, with what it was found by. */
export interface CopySource {
  readonly reference: ObjectReference;
  readonly version: ObjectVersion;
}

/**
 * Finds and reads the source of a copy, with every right that reading takes.
 *
 * @throws {AwsError} `InvalidArgument`, `InvalidRequest`, `AccessDenied`, `NoSuchKey`, `ObjectNotInActiveTierError`,
 *   `PreconditionFailed`, what KMS answers
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function readCopySource(request: S3Request): CopySource {
  const reference = referenceOf(request.headers[SOURCE_HEADER] ?? '');
  requireSourceOwner(request, findBucket(request, reference.bucketName));
  requireAccess(request, 'copy-source');
  requireNoMarker(request, reference);
  const version = findObject(request, reference);
  if (isArchived(version)) throw s3Error('ObjectNotInActiveTierError');
  requireReadConditions(request.headers, version, 'copy-source');
  requireCustomerKey(request, version.encryption, 'copy-source');
  requireDecrypt(request, 'source-key');
  return { reference, version };
}

/** The current delete marker of a key hides it; one that is named by its version is no source at all. */
function requireNoMarker(request: S3Request, { bucketName, key, versionId }: ObjectReference): void {
  if (versionId === undefined) return;
  if (findVersion(findBucket(request, bucketName).objects, key, versionId)?.kind === 'delete-marker') {
    throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.');
  }
}

function referenceOf(header: string): ObjectReference {
  if (header.startsWith('arn:')) throw notImplemented('a copy from an access point');
  const reference = parseCopySource(header);
  if (reference === undefined) {
    const message = 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey';
    throw invalidArgument(message, SOURCE_HEADER, header);
  }
  return reference;
}

function requireSourceOwner({ headers }: S3Request, { accountId }: Bucket): void {
  const expected = headers['x-amz-source-expected-bucket-owner'];
  if (expected !== undefined) requireAccountId(expected);
  if (expected !== undefined && expected !== accountId)
    throw deniedBecause(`x-amz-source-expected-bucket-owner is ${expected}, and the bucket belongs to ${accountId}`);
}
