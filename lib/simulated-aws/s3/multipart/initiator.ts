import type { Call } from '../../service/service';
import type { Upload } from '../../state/services/s3-state';
import { canonicalUserId } from '../request/account-owner';

/** Who starts an upload, as the listings name them: an ARN, or the account's canonical id for the root user. */
export function initiatorOf(call: Call): Upload['initiator'] {
  const { principal } = call.caller;
  if (!('arn' in principal)) return { id: '65a011a29cdf8ec533ec3d1ccaae921c', displayName: 'anonymous' };
  if (principal.kind === 'root') return { id: canonicalUserId(principal.account), displayName: 'root' };
  return { id: principal.arn, displayName: principal.arn.slice(principal.arn.lastIndexOf('/') + 1) };
}
