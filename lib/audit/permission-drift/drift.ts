import type { DecidingStatement } from '../../iam';
import type { Restriction } from '../permission-proof/proof';

/**
 * How access differs.
 *
 * - `gained`, `lost`: it was never allowed before, or never is any more
 * - `widened`, `narrowed`: it is allowed in more circumstances, or in fewer
 * - `moved`: in some more and in some fewer
 */
export type DriftKind = 'gained' | 'lost' | 'widened' | 'narrowed' | 'moved';

/** A way in which two sets of policies let different things happen. */
export interface PermissionDrift {
  readonly kind: DriftKind;
  /** Who, in words. */
  readonly caller: string;
  readonly actions: readonly string[];
  /** Kinds of resource, in words. */
  readonly on: readonly string[];
  /** ARN of one resource that was asked about. */
  readonly example: string;
  /** The plainest circumstances in which the answers differ, those that are allowed now where it has moved; empty for ordinary ones. */
  readonly when: readonly Restriction[];
  /** Those in which something is allowed no more, where it has moved. */
  readonly whenLost?: readonly Restriction[];
  /** The environment's statements that decide now; empty where nothing allows it. */
  readonly by: readonly DecidingStatement[];
}
