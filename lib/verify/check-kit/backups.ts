import type { Refused } from '../../aws/answer';
import type { GuardedBackups } from '../guard/guard';
import { BACKUPS_PAGE_KEYS } from '../guard/harmless';

/** Pages that are listed at most: what lies behind them is not looked at. */
const PAGES = 4;

/** A backup, as the list of the bucket tells it. */
export interface ListedBackup {
  readonly key: string;
  readonly modifiedAt: Date;
  /** Whether it can be read without being restored first. */
  readonly isReadable: boolean;
}

/** What was seen of the bucket. */
export interface SeenBackups {
  readonly backups: readonly ListedBackup[];
  /** Whether there are more that were not listed. */
  readonly isCutOff: boolean;
}

interface ListedObject {
  readonly Key?: string | undefined;
  readonly Size?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly StorageClass?: string | undefined;
}

/** Whatever is in the first pages of the bucket and no probe. */
export async function listBackups(
  backups: GuardedBackups,
  { bucket, verificationPrefix }: { readonly bucket: string; readonly verificationPrefix: string },
): Promise<SeenBackups | Refused> {
  const found: ListedBackup[] = [];
  let next: { readonly ContinuationToken?: string } = {};
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await backups.listObjectsV2({ Bucket: bucket, MaxKeys: BACKUPS_PAGE_KEYS, ...next });
    if (!page.ok) return page;
    const { Contents = [], IsTruncated, NextContinuationToken } = page.value;
    found.push(...Contents.map(backupOf).filter(({ key }) => !key.startsWith(verificationPrefix)));
    if (IsTruncated !== true || NextContinuationToken === undefined) return { backups: found, isCutOff: false };
    next = { ContinuationToken: NextContinuationToken };
  }
  return { backups: found, isCutOff: true };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html */
const ARCHIVED: ReadonlySet<string | undefined> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

function backupOf({ Key = '', Size = 0, LastModified = new Date(0), StorageClass }: ListedObject): ListedBackup {
  const isReadable = Size > 0 && !ARCHIVED.has(StorageClass);
  return { key: Key, modifiedAt: LastModified, isReadable };
}

/** The newest and the oldest, each once; the newest first. */
export function sampleOf(backups: readonly ListedBackup[], countOfEach: number): readonly ListedBackup[] {
  const newestFirst = backups.toSorted((one, other) => other.modifiedAt.getTime() - one.modifiedAt.getTime());
  if (newestFirst.length <= 2 * countOfEach) return newestFirst;
  return [...newestFirst.slice(0, countOfEach), ...newestFirst.slice(-countOfEach)];
}
