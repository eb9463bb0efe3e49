import type { Bucket } from '../../state/services/s3-state';
import type { ObjectVersion } from '../../state/services/stored-object';
import { encryptionResponseHeaders } from '../encryption/choose-encryption';
import { hasAccess } from '../request/access';
import type { S3Request } from '../request/request';
import { versionHeader } from './new-object';

type Headers = Readonly<Record<string, string>>;

/** The headers of an object in GET and HEAD, apart from its size and its checksum. */
export function objectHeaders(request: S3Request, bucket: Bucket, version: ObjectVersion): Headers {
  const { metadata } = version;
  const user = Object.entries(metadata.user).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    'content-type': 'binary/octet-stream',
    ...metadata.system,
    ...Object.fromEntries(user),
    etag: `"${version.etag}"`,
    'last-modified': version.lastModified.toUTCString(),
    'accept-ranges': 'bytes',
    ...(metadata.storageClass === 'STANDARD' ? {} : { 'x-amz-storage-class': metadata.storageClass }),
    ...(metadata.websiteRedirectLocation === undefined
      ? {}
      : { 'x-amz-website-redirect-location': metadata.websiteRedirectLocation }),
    ...versionHeader(bucket, version.versionId),
    ...encryptionResponseHeaders(version.encryption),
    ...permittedHeaders(request, version),
  };
}

/** Headers that only a caller sees who may read the same by its own operation. */
function permittedHeaders(request: S3Request, { tags, retention, legalHold }: ObjectVersion): Headers {
  return {
    ...(tags.size > 0 && hasAccess(request, 'told-tags') ? { 'x-amz-tagging-count': String(tags.size) } : {}),
    ...(retention && hasAccess(request, 'told-retention')
      ? {
          'x-amz-object-lock-mode': retention.mode,
          'x-amz-object-lock-retain-until-date': retention.retainUntil.toISOString(),
        }
      : {}),
    ...(legalHold && hasAccess(request, 'told-legal-hold') ? { 'x-amz-object-lock-legal-hold': legalHold } : {}),
  };
}
