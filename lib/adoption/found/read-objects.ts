import type { Granted } from '../../aws/answer';
import type { ControlPlane } from '../../aws/control-plane';
import type { OwnedBucket } from '../../verify/operator/live/live-environment';
import { mapRead, type Read } from '../../verify/operator/live/read';
import type { Found, FoundObject, FoundVersion, InventoryList } from './found';

type S3 = ControlPlane['s3'];
type Page = Extract<Awaited<ReturnType<S3['listObjectVersions']>>, Granted<unknown>>['value'];
type Listed = NonNullable<Page['Versions']>[number] | NonNullable<Page['DeleteMarkers']>[number];

/** Versions that are listed at most: five pages of a thousand. */
const MOST_PAGES = 5;
/** Looks at this many of the listed objects: of the newest, of the oldest, and evenly between them. */
const SAMPLES_OF_EACH = 10;
const VERIFICATION_PREFIX = 'vault-env-verification/';

/**
 * Storage classes whose objects nobody reads before a restore; one of INTELLIGENT_TIERING tells of itself.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html
 */
const ARCHIVES: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** Lists versions up to a bound. */
export async function readVersions(s3: S3, bucket: OwnedBucket): Promise<Found['versions']> {
  const call = 'ListObjectVersions';
  const listed: FoundVersion[] = [];
  let marker: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = {};
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await s3.listObjectVersions({ ...bucket, ...marker });
    if (!answer.ok) return { call, answer };
    listed.push(...versionsIn(answer.value));
    const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = answer.value;
    if (IsTruncated !== true)
      return { call, answer: { ...answer, value: { listed: withAges(listed), isCutOff: false } } };
    marker = {
      ...(NextKeyMarker !== undefined && { KeyMarker: NextKeyMarker }),
      ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
    };
  }
  const value = { listed: withAges(listed), isCutOff: true };
  return { call, answer: { ok: true, value, status: undefined, requestId: undefined } };
}

function versionsIn({ Versions = [], DeleteMarkers = [] }: Page): readonly FoundVersion[] {
  const toVersion = (isMarker: boolean) => (one: Listed) => ({
    key: one.Key ?? '',
    modifiedAt: one.LastModified ?? new Date(0),
    isLatest: one.IsLatest === true,
    isMarker,
  });
  return [...Versions.map(toVersion(false)), ...DeleteMarkers.map(toVersion(true))];
}

/** A version is noncurrent since the next newer one of its key was written. */
function withAges(versions: readonly FoundVersion[]): readonly FoundVersion[] {
  const byKey = new Map<string, FoundVersion[]>();
  for (const version of versions) byKey.set(version.key, [...(byKey.get(version.key) ?? []), version]);
  return [...byKey.values()].flatMap((ofKey) => {
    const newestFirst = ofKey.toSorted(
      (one, other) => Number(other.isLatest) - Number(one.isLatest) || later(one, other),
    );
    return newestFirst.map((version, index) => {
      const newer = newestFirst[index - 1];
      return version.isLatest || newer === undefined ? version : { ...version, noncurrentSince: newer.modifiedAt };
    });
  });
}

function later(one: FoundVersion, other: FoundVersion): number {
  return other.modifiedAt.getTime() - one.modifiedAt.getTime();
}

/** Asks how a sample of the current objects is stored, some of each kind that a list of S3 Inventory tells of among them. */
export async function readObjects(
  s3: S3,
  bucket: OwnedBucket,
  { versions: { answer }, inventories }: Pick<Found, 'versions' | 'inventories'>,
): Promise<Found['objects']> {
  const call = 'HeadObject';
  if (!answer.ok) return { call, answer };
  const current = answer.value.listed.filter(
    (one) => one.isLatest && !one.isMarker && !one.key.startsWith(VERIFICATION_PREFIX),
  );
  const found: FoundObject[] = [];
  const keys = [...sampleOf(current).map(({ key }) => key), ...listsIn(inventories).flatMap(keysOf)];
  for (const key of new Set(keys)) {
    const read = await headObject(s3, { ...bucket, Key: key });
    if (!read.answer.ok && read.answer.status !== 404) return { call, answer: read.answer };
    if (read.answer.ok) found.push(read.answer.value);
  }
  return { call, answer: { ...answer, value: found } };
}

function keysOf({ groups }: InventoryList): readonly string[] {
  return groups.flatMap(({ keys }) => keys).filter((key) => !key.startsWith(VERIFICATION_PREFIX));
}

/** The lists that could be read. */
export function listsIn({ answer }: Found['inventories']): readonly InventoryList[] {
  const found = answer.ok ? answer.value : [];
  return found.flatMap(({ list }) =>
    list.answer.ok && typeof list.answer.value !== 'string' ? [list.answer.value] : [],
  );
}

async function headObject(s3: S3, object: OwnedBucket & { readonly Key: string }): Promise<Read<FoundObject>> {
  const answer = await s3.headObject(object);
  // S3 tells nothing of an object under the caller's own key but that it is one.
  if (!answer.ok && answer.status === 400) {
    const value = { key: object.Key, method: 'SSE-C', bucketKey: false };
    return { call: 'HeadObject', answer: { ok: true, value, status: answer.status, requestId: answer.requestId } };
  }
  return mapRead(
    { call: 'HeadObject', answer },
    ({ ServerSideEncryption: method = 'none', SSEKMSKeyId, BucketKeyEnabled, StorageClass, ArchiveStatus }) => {
      const archive = ArchiveStatus ?? (ARCHIVES.has(StorageClass ?? '') ? StorageClass : undefined);
      return {
        key: object.Key,
        method,
        ...(SSEKMSKeyId !== undefined && { keyArn: SSEKMSKeyId }),
        bucketKey: BucketKeyEnabled === true,
        ...(archive !== undefined && { archive }),
      };
    },
  );
}

function sampleOf(versions: readonly FoundVersion[]): readonly FoundVersion[] {
  const newestFirst = versions.toSorted(later);
  if (newestFirst.length <= 3 * SAMPLES_OF_EACH) return newestFirst;
  const between = newestFirst.slice(SAMPLES_OF_EACH, -SAMPLES_OF_EACH);
  const step = between.length / SAMPLES_OF_EACH;
  const spread = Array.from({ length: SAMPLES_OF_EACH }, (_, index) => between[Math.floor(index * step)]);
  const ends = [...newestFirst.slice(0, SAMPLES_OF_EACH), ...newestFirst.slice(-SAMPLES_OF_EACH)];
  return [...new Set([...ends, ...spread.filter((one) => one !== undefined)])];
}
