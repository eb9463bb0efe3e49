import { findVersion } from '../../state/object-table';
import { hasIntegrityCheck, verifyBody } from '../body-integrity';
import { objectOwnershipOf, refuseAcl } from '../buckets/acl-headers';
import { chooseEncryption } from '../encryption/choose-encryption';
import { encryptionResponseHeaders } from '../encryption/response-headers';
import { findBucket, type S3Operation } from '../request';
import { emptyResponse } from '../responses';
import { computeChecksum, defaultChecksumAlgorithm } from './checksum';
import { checksumHeaders } from './checksum-headers';
import { readMetadata, requireKeyLength } from './new-object';
import { lockOfNewObject, requireLockIntegrity } from './object-lock';
import { requireWriteConditions } from './preconditions';
import { etagOf, storeObject, versionHeader } from './store-object';
import { requestedTags } from './tag-header';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: S3Operation = (request) => {
  const { call, key } = request;
  const bucket = findBucket(request);
  const { body } = call.request;
  requireKeyLength(key);
  refuseAcl(request, objectOwnershipOf(bucket), bucket);
  const metadata = readMetadata(request);
  const tags = requestedTags(request);
  const lock = lockOfNewObject(request, bucket);
  requireLockIntegrity(lock, hasIntegrityCheck(request));
  const announced = verifyBody(request);
  requireWriteConditions(request, findVersion(bucket.objects, key));
  const encryption = chooseEncryption(request, bucket);
  const algorithm = announced?.algorithm ?? defaultChecksumAlgorithm;
  const checksum = {
    algorithm,
    type: 'FULL_OBJECT',
    value: announced?.value ?? computeChecksum(algorithm, body),
  } as const;
  const etag = etagOf(call, body, encryption);
  const version = storeObject(call, bucket, key, { body, etag, metadata, encryption, checksum, tags, ...lock });
  return emptyResponse(200, {
    etag: `"${etag}"`,
    ...versionHeader(bucket, version.versionId),
    ...encryptionResponseHeaders(encryption),
    ...checksumHeaders(checksum),
  });
};
