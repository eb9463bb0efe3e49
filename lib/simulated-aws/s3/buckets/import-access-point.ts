import type { AccountState } from '../../state/account-state';
import type { AccessPoint } from '../../state/services/s3-state';
import { importBucket } from './import-bucket';

/** Gives a bucket of the account an access point as if it had always had it; nothing can be reached through it. */
export function importAccessPoint(account: AccountState, bucketName: string, accessPoint: AccessPoint): void {
  const bucket = importBucket(account, bucketName);
  bucket.accessPoints = [...(bucket.accessPoints ?? []), accessPoint];
}
