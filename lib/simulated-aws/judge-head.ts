import type { Exchange } from './exchange';
import { admit } from './serve';
import { AwsError } from './wire/aws-error';
import type { RawRequest } from './wire/raw-request';

/** What the head of a request says of it: `unjudged` where it takes the body to tell. */
export type HeadVerdict = 'refused' | 'admitted' | 'unjudged';

/** Bytes; a smaller body is there sooner than its head is judged. */
const smallBodyBytes = 64 * 1024;

/** Judges a request by its head: who signed it, and what they may do. Elsewhere than in S3 the body is signed, too. */
export function judgeHead(head: Exchange): HeadVerdict {
  if (head.protocol !== 'rest-xml' || !isWorthwhile(head.raw)) return 'unjudged';
  try {
    const { principal } = admit({ ...head, decisions: [], faults: [] }).caller;
    return principal.kind === 'anonymous' ? 'unjudged' : 'admitted';
  } catch (error) {
    return error instanceof AwsError ? 'refused' : 'unjudged';
  }
}

function isWorthwhile({ headers }: RawRequest): boolean {
  const isLarge = Number(headers['content-length'] ?? 0) > smallBodyBytes;
  return isLarge || headers['transfer-encoding'] !== undefined || headers.expect !== undefined;
}
