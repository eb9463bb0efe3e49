import type { Granted, Refused } from '../aws/answer';
import type { S3Calls } from '../aws/s3-calls';
import type { RunScope } from './run-scope';
import type { Leftover } from './verification';

/** Something of this run's own that is still in the bucket. */
export type Remains = Omit<Leftover, 'reason'>;

type Listing = Granted<readonly Remains[]>['value'] | Refused;

export function isRefused(listing: Listing): listing is Refused {
  return 'code' in listing;
}

/** Every version and delete marker below the prefix of the run. */
export async function listVersions(s3: S3Calls, { bucket, runPrefix }: RunScope): Promise<Listing> {
  const found: Remains[] = [];
  for (let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}; next !== undefined; ) {
    const page = await s3.listObjectVersions({ Bucket: bucket, Prefix: runPrefix, ...next });
    if (!page.ok) return page;
    const { Versions = [], DeleteMarkers = [], NextKeyMarker, NextVersionIdMarker, IsTruncated } = page.value;
    found.push(...Versions.map(versionOf('version')), ...DeleteMarkers.map(versionOf('delete-marker')));
    next = IsTruncated === true ? markers(NextKeyMarker, NextVersionIdMarker) : undefined;
  }
  return found;
}

/** Every unfinished upload below the prefix of the run. */
export async function listUploads(s3: S3Calls, { bucket, runPrefix }: RunScope): Promise<Listing> {
  const found: Remains[] = [];
  for (let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}; next !== undefined; ) {
    const page = await s3.listMultipartUploads({ Bucket: bucket, Prefix: runPrefix, ...next });
    if (!page.ok) return page;
    const { Uploads = [], NextKeyMarker, NextUploadIdMarker, IsTruncated } = page.value;
    found.push(
      ...Uploads.map(({ Key = '', UploadId = '' }) => ({ kind: 'upload', key: Key, uploadId: UploadId }) as const),
    );
    next =
      IsTruncated === true ? { KeyMarker: NextKeyMarker ?? '', UploadIdMarker: NextUploadIdMarker ?? '' } : undefined;
  }
  return found;
}

function markers(keyMarker = '', versionIdMarker = ''): { KeyMarker: string; VersionIdMarker: string } {
  return { KeyMarker: keyMarker, VersionIdMarker: versionIdMarker };
}

interface ListedVersion {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
}

function versionOf(kind: 'version' | 'delete-marker') {
  return ({ Key = '', VersionId = '' }: ListedVersion): Remains => ({ kind, key: Key, versionId: VersionId });
}
