import { createHash } from 'node:crypto';
import type { AccountState } from '../../state/account-state';
import { addVersion } from '../../state/services/object-table';
import type { Encryption, ObjectVersion } from '../../state/services/stored-object';
import { importBucket } from './import-bucket';

/** An object that the account is to hold already. */
export interface ImportedObject {
  readonly key: string;
  readonly body: Buffer;
  readonly encryption: Encryption;
}

/** Puts an object into a bucket as if it had always been there, and makes the bucket where there is none. */
export function importObject(
  account: AccountState,
  bucketName: string,
  { key, body, encryption }: ImportedObject,
): ObjectVersion {
  const bucket = importBucket(account, bucketName);
  const isVersioned = bucket.versioning === 'Enabled';
  const md5 = createHash('md5').update(body).digest('hex');
  const version: ObjectVersion = {
    kind: 'object',
    versionId: isVersioned ? account.randomBytes(24).toString('base64url') : 'null',
    lastModified: account.now(),
    body,
    etag: encryption.kind === 'AES256' ? md5 : account.randomBytes(16).toString('hex'),
    metadata: { system: {}, user: {}, storageClass: 'STANDARD' },
    encryption,
    tags: new Map(),
  };
  addVersion(bucket.objects, key, version);
  return version;
}
