import type { Accounts } from '../state/account-state';
import { requireAccount } from '../state/accounts';
import { ObservedMap } from '../state/maps/settling-map';
import type { Bucket, Upload } from '../state/services/s3-state';

/** A map of the state whose entries are kept one by one. */
export interface Collection {
  /** Where it belongs, as in `iam/111122223333/roles`. */
  readonly name: string;
  readonly map: ObservedMap<string | number, unknown>;
}

/** IAM of every account, KMS and Roles Anywhere of every account in every region. */
export function accountCollections(accounts: Accounts): readonly Collection[] {
  const [firstRegion = ''] = accounts.regions;
  return accounts.accountIds.flatMap((accountId) => [
    ...mapsOf(`iam/${accountId}`, requireAccount(accounts, accountId, firstRegion).iam),
    ...accounts.regions.flatMap((region) => {
      const { kms, rolesAnywhere } = requireAccount(accounts, accountId, region);
      return [
        ...mapsOf(`kms/${accountId}/${region}`, kms),
        ...mapsOf(`rolesanywhere/${accountId}/${region}`, rolesAnywhere),
      ];
    }),
  ]);
}

export const BUCKETS_NAME = 's3/buckets';

export function bucketCollections({ name, objects, uploads }: Bucket): readonly Collection[] {
  return [toCollection(objectsName(name), objects.versions), toCollection(uploadsName(name), uploads)];
}

export function partsOf(bucket: Bucket, upload: Upload): Collection {
  return toCollection(`${partsPrefix(bucket.name)}${upload.uploadId}`, upload.parts);
}

export function objectsName(bucketName: string): string {
  return `s3/objects/${bucketName}`;
}

export function uploadsName(bucketName: string): string {
  return `s3/uploads/${bucketName}`;
}

export function partsPrefix(bucketName: string): string {
  return `s3/parts/${bucketName}/`;
}

function mapsOf(name: string, state: object): readonly Collection[] {
  return Object.entries(state).flatMap(([member, value]) =>
    value instanceof Map ? [toCollection(`${name}/${member}`, value)] : [],
  );
}

/** @throws {Error} for a map that nobody would hear of: what it holds would be lost */
export function toCollection(name: string, map: unknown): Collection {
  if (!(map instanceof ObservedMap)) throw new Error(`the state must hold observed maps alone, got: '${name}'`);
  return { name, map };
}
