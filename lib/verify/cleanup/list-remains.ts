import type { Granted, Refused } from '../../aws/answer';
import type { GuardedS3 } from '../guard/guard';
import type { OwnScope } from '../guard/run-scope';
import type { Leftover } from '../result/verification';

/** Something of this run's own that is still in the bucket. */
export interface Remains extends Omit<Leftover, 'reason' | 'command'> {
  /** When it was made, as S3 tells it. */
  readonly madeAt?: Date;
}

type Listing = Granted<readonly Remains[]>['value'] | Refused;

export function isRefused(listing: Listing): listing is Refused {
  return 'code' in listing;
}

/** Every version and delete marker below the prefix. */
export async function listVersions(s3: GuardedS3, { bucket, prefix }: OwnScope): Promise<Listing> {
  const found: Remains[] = [];
  for (let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {}; next !== undefined; ) {
    const page = await s3.listObjectVersions({ Bucket: bucket, Prefix: prefix, ...next });
    if (!page.ok) return page;
    const { Versions = [], DeleteMarkers = [], NextKeyMarker, NextVersionIdMarker, IsTruncated } = page.value;
    found.push(...Versions.map(versionOf('version')), ...DeleteMarkers.map(versionOf('delete-marker')));
    next = IsTruncated === true ? markers(NextKeyMarker, NextVersionIdMarker) : undefined;
  }
  return found;
}

/** Every unfinished upload below the prefix. */
export async function listUploads(s3: GuardedS3, { bucket, prefix }: OwnScope): Promise<Listing> {
  const found: Remains[] = [];
  for (let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}; next !== undefined; ) {
    const page = await s3.listMultipartUploads({ Bucket: bucket, Prefix: prefix, ...next });
    if (!page.ok) return page;
    const { Uploads = [], NextKeyMarker, NextUploadIdMarker, IsTruncated } = page.value;
    found.push(
      ...Uploads.map(
        ({ Key = '', UploadId = '', Initiated }) =>
          ({ kind: 'upload', key: Key, uploadId: UploadId, ...(Initiated && { madeAt: Initiated }) }) as const,
      ),
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
  readonly LastModified?: Date | undefined;
}

function versionOf(kind: 'version' | 'delete-marker') {
  return ({ Key = '', VersionId = '', LastModified }: ListedVersion): Remains => ({
    kind,
    key: Key,
    versionId: VersionId,
    ...(LastModified && { madeAt: LastModified }),
  });
}
