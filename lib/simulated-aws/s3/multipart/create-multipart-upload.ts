import { nameOf } from '../../../arn';
import type { Call } from '../../service/service';
import { ObservedMap } from '../../state/maps/settling-map';
import type { Upload } from '../../state/services/s3-state';
import { objectOwnershipOf, refuseAcl } from '../acl/acl-headers';
import { CHECKSUM_ALGORITHMS, DEFAULT_CHECKSUM_ALGORITHM, readChecksumAlgorithm } from '../checksums/checksum';
import { chooseEncryption, encryptionResponseHeaders } from '../encryption/choose-encryption';
import { readMetadata, requireKeyLength } from '../objects/new-object';
import { lockOfNewObject } from '../objects/object-lock';
import { invalidRequest } from '../request/errors';
import { canonicalUserId, findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { requestedTags } from '../request/tags';

const ALGORITHM_HEADER = 'x-amz-checksum-algorithm';
const TYPE_HEADER = 'x-amz-checksum-type';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: S3Operation = (request) => {
  const { call, key } = request;
  const bucket = findBucket(request);
  requireKeyLength(key);
  refuseAcl(request, objectOwnershipOf(bucket), bucket);
  const upload: Upload = {
    uploadId: call.account.randomBytes(64).toString('base64url'),
    key,
    initiatedAt: call.account.now(),
    initiator: initiatorOf(call),
    metadata: readMetadata(request),
    tags: requestedTags(request),
    ...lockOfNewObject(request, bucket),
    checksum: readChecksum(request),
    isChecksumRequested: request.headers[ALGORITHM_HEADER] !== undefined,
    encryption: chooseEncryption(request, bucket),
    parts: new ObservedMap(),
  };
  bucket.uploads.set(upload.uploadId, upload);
  return xmlResponse(
    'InitiateMultipartUploadResult',
    { Bucket: bucket.name, Key: key, UploadId: upload.uploadId },
    { ...encryptionResponseHeaders(upload.encryption), ...checksumChoiceHeaders(upload) },
  );
};

function checksumChoiceHeaders({ checksum, isChecksumRequested }: Upload): Readonly<Record<string, string>> {
  return isChecksumRequested ? { [ALGORITHM_HEADER]: checksum.algorithm, [TYPE_HEADER]: checksum.type } : {};
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function readChecksum({ headers }: S3Request): Upload['checksum'] {
  const algorithm = readChecksumAlgorithm(headers[ALGORITHM_HEADER] ?? DEFAULT_CHECKSUM_ALGORITHM);
  const types = CHECKSUM_ALGORITHMS[algorithm].multipartTypes;
  const wanted = headers[TYPE_HEADER]?.toUpperCase();
  const type = wanted === undefined ? types[0] : types.find((candidate) => candidate === wanted);
  if (!type) {
    const name = algorithm.toLowerCase();
    throw invalidRequest(`The ${wanted} checksum type cannot be used with the ${name} checksum algorithm.`);
  }
  return { algorithm, type };
}

/** Who starts an upload, as the listings name them: an ARN, or the account's canonical id for the root user. */
function initiatorOf(call: Call): Upload['initiator'] {
  const { principal } = call.caller;
  if (!('arn' in principal)) return { id: '65a011a29cdf8ec533ec3d1ccaae921c', displayName: 'anonymous' };
  if (principal.kind === 'root') return { id: canonicalUserId(principal.account), displayName: 'root' };
  return { id: principal.arn, displayName: nameOf(principal.arn) };
}
