import { BodyAllowance } from '../wire/http/held-body';
import type { RawRequest } from '../wire/http/raw-request';

const MIB = 2 ** 20;

/** A body of so many bytes is there sooner than its head is judged. */
const SMALL_BODY_BYTES = 64 * 1024;

/** How much is held of the bodies of requests that their heads admit, of small ones, and of all others. */
export interface BodyAllowances {
  readonly admitted: BodyAllowance;
  /** A room of their own, so that no sender of large bodies takes up that of requests that are mostly small. */
  readonly small: BodyAllowance;
  readonly others: BodyAllowance;
}

export function createBodyAllowances(): BodyAllowances {
  return {
    admitted: new BodyAllowance(1024 * MIB, 2048 * MIB),
    small: new BodyAllowance(SMALL_BODY_BYTES, 256 * MIB),
    others: new BodyAllowance(16 * MIB, 64 * MIB),
  };
}

/** Whether its head says that the body is small. */
export function isSmall({ headers }: RawRequest): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SMALL_BODY_BYTES;
}
