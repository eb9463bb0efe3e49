import { isSmall } from './body-allowances';
import type { Exchange } from './exchange';
import { admit } from './serve';
import { AwsError } from './wire/aws-error';

/** What the head of a request says of it: `unjudged` where it takes the body to tell. */
export type HeadVerdict = 'refused' | 'admitted' | 'unjudged';

/** Judges a request by its head: who signed it, and what they may do. Elsewhere than in S3 the body is signed, too. */
export function judgeHead(head: Exchange): HeadVerdict {
  const isWorthwhile = !isSmall(head.raw) || head.raw.headers.expect !== undefined;
  if (head.protocol !== 'rest-xml' || !isWorthwhile) return 'unjudged';
  try {
    const { principal } = admit({ ...head, decisions: [], faults: [] }).caller;
    return principal.kind === 'anonymous' ? 'unjudged' : 'admitted';
  } catch (error) {
    return error instanceof AwsError ? 'refused' : 'unjudged';
  }
}
