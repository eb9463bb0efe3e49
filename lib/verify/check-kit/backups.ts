import type { Refused } from '../../aws/answer';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { GuardedBackups } from '../guard/guard';
import { BACKUPS_PAGE_KEYS, FIRST_BYTE } from '../guard/harmless';
import type { Probe } from './check';

/** Pages that are listed at most: what lies behind them is not looked at. */
const PAGES = 4;

/** A backup, as the list of the bucket tells it. */
export interface ListedBackup {
  readonly key: string;
  readonly modifiedAt: Date;
  /** Whether it can be read without being restored first. */
  readonly isReadable: boolean;
}

/** Observations about the bucket. */
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

/** A backup, and what it is encrypted with. */
export interface KeyedBackup extends ListedBackup {
  /** As S3 calls it: `AES256`, `aws:kms`, `aws:kms:dsse`. */
  readonly method: string;
  /** Missing where S3 manages the key. */
  readonly keyArn?: string;
}

/** Reads one byte of the newest backup under each key: S3 has to ask KMS for that, as it need not for headers. */
export async function readUnderEachKey({ backups, config }: Probe, asked: readonly KeyedBackup[]) {
  const readable = asked.filter(({ keyArn, isReadable }) => keyArn !== undefined && isReadable);
  // Oldest first, so that the newest of each key stays.
  const byKey = new Map(readable.toReversed().map((backup) => [backup.keyArn ?? '', backup]));
  return await Promise.all(
    [...byKey].map(async ([keyArn, { key }]) => ({
      keyArn,
      answer: await backups.getObject({ Bucket: config.form.bucketName, Key: key, Range: FIRST_BYTE }),
    })),
  );
}

type Keys = Pick<BackupEnvironment['aws'], 'keyArn' | 'formerKeyArns'>;

/** Keys of KMS that backups are under and that the config does not name. */
export function unknownKeysOf(asked: readonly KeyedBackup[], { keyArn, formerKeyArns = [] }: Keys): readonly string[] {
  const known = new Set([keyArn, ...formerKeyArns]);
  const used = asked.flatMap((backup) => backup.keyArn ?? []);
  return [...new Set(used)].filter((arn) => !known.has(arn));
}

/** How many backups are under which key, former keys without any included. */
export function describeUse(asked: readonly KeyedBackup[], { keyArn, formerKeyArns = [] }: Keys): string {
  const under = (arn: string | undefined) => asked.filter((backup) => backup.keyArn === arn).length;
  const managed = under(undefined);
  const parts = [
    ...(keyArn === undefined ? [] : [`under the current key: ${seen(under(keyArn))}`]),
    ...formerKeyArns.map((arn) => `under the former key ${arn}: ${seen(under(arn))}`),
    ...(managed === 0 ? [] : [`with AES-256${keyArn === undefined ? '' : ', an earlier method'}: ${managed}`]),
  ];
  return `${capitalized(parts.join('; '))}.`;
}

function seen(count: number): string {
  return count === 0 ? 'none seen' : `${count}`;
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
