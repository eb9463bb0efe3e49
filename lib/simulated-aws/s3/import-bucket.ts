import type { AccountState } from '../account-state';
import { makeBucket } from './buckets/new-bucket';

/** A private bucket that was in the account before anything was asked of it. */
export function importBucket({ s3, region, now }: AccountState, name: string): void {
  const bucket = makeBucket({
    name,
    region,
    createdAt: now(),
    isObjectLockEnabled: false,
    objectOwnership: 'BucketOwnerEnforced',
    tags: new Map(),
  });
  s3.buckets.set(name, bucket);
}
