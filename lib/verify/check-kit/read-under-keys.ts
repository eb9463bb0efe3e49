import { FIRST_BYTE } from '../guard/harmless';
import type { ListedBackup } from './backups';
import type { Probe } from './check';

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
