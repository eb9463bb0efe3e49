import { createHash } from 'node:crypto';

import { findBucket, type S3Request } from './request';

/** The canonical user id of an account: stable, and as opaque as AWS's own. */
export function canonicalUserId(accountId: string): string {
  return createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
}

/** The canonical user id of the account that owns the bucket of the request, and with it every object in there. */
export function ownerOfBucket(request: S3Request): string {
  return canonicalUserId(findBucket(request).accountId);
}
