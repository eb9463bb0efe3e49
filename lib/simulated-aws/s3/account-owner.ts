import { createHash } from 'node:crypto';

/** The canonical user id of an account: stable, and as opaque as AWS's own. */
export function canonicalUserId(accountId: string): string {
  return createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
}
