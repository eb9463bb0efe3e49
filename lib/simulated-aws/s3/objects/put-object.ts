import { findVersion } from '../../state/services/object-table';
import { objectOwnershipOf, refuseAcl } from '../acl/acl-headers';
import { hasIntegrityCheck, verifyBody } from '../checksums/body-integrity';
import { checksumHeaders, computeChecksum, DEFAULT_CHECKSUM_ALGORITHM } from '../checksums/checksum';
import { chooseEncryption, encryptionResponseHeaders } from '../encryption/choose-encryption';
import { emptyResponse, findBucket, type S3Operation } from '../request/request';
import { requestedTags } from '../request/tags';
import { etagOf, readMetadata, requireKeyLength, storeObject, versionHeader } from './new-object';
import { lockOfNewObject, requireLockIntegrity } from './object-lock';
import { requireWriteConditions } from './preconditions';

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
  const algorithm = announced?.algorithm ?? DEFAULT_CHECKSUM_ALGORITHM;
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
