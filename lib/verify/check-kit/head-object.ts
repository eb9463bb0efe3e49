import type { GuardedS3 } from '../guard/guard';
import { FIRST_BYTE } from '../guard/harmless';
import type { CanaryTarget } from '../guard/run-scope';
import { isWithoutReason } from './outcome';

/**
 * Asks for the metadata of an object; where that is refused, a read of its first byte tells why.
 *
 * The answer to a HEAD request has no body, so a role without rights looks like a token that has expired. Both requests
 * need `s3:GetObject`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export async function headObject(
  s3: Pick<GuardedS3, 'headObject' | 'getObject'>,
  target: CanaryTarget,
): ReturnType<GuardedS3['headObject']> {
  const head = await s3.headObject(target);
  if (head.ok || !isWithoutReason(head)) return head;
  const read = await s3.getObject({ ...target, Range: FIRST_BYTE });
  return read.ok ? head : read;
}
