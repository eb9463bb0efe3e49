import type { Upload } from '../../state/services/s3-state';
import type { XmlContent } from '../../wire/xml/xml-element';
import { ownerOfBucket, type S3Request } from '../request/request';

/** The elements besides the key with which both listings, of uploads and of parts, describe an upload. */
export function uploadElements(request: S3Request, upload: Upload): XmlContent {
  const { algorithm, type } = upload.checksum;
  return {
    UploadId: upload.uploadId,
    Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.displayName },
    Owner: { ID: ownerOfBucket(request) },
    StorageClass: upload.metadata.storageClass,
    ...(upload.isChecksumRequested ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
  };
}
