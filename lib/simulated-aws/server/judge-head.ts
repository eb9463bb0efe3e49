import { AwsError } from '../wire/aws-error';
import { isSmall } from './body-allowances';
import type { Exchange } from './exchange';
import { admit } from './serve';

/**
 * Judges a request by its head: who signed it, and what they may do. Elsewhere than in S3 the body is signed, too.
 *
 * @returns the exchange with its verdict; as it came where it takes the body to tell
 */
export function judgeHead(head: Exchange): Exchange {
  const isWorthwhile = !isSmall(head.raw) || head.raw.headers.expect !== undefined;
  if (head.protocol !== 'rest-xml' || !isWorthwhile) return head;
  const judged: Exchange = { ...head, decisions: [] };
  try {
    const verdict = admit(judged);
    return { ...judged, verdict };
  } catch (error) {
    return error instanceof AwsError ? { ...judged, verdict: { kind: 'refused', error } } : head;
  }
}
