import type { ControlSubject, Target } from '../request/address';
import type { S3Operation } from '../request/request';

/** An operation: the request that asks for it, and what else that request may carry. */
export interface Route {
  /** AWS's name. */
  readonly operation: string;
  readonly target: Target;
  readonly method: string;
  /** For S3 Control alone. */
  readonly subject?: ControlSubject;
  /** Query parameters that select the operation; all have to be there. */
  readonly selectors?: readonly string[];
  /** A header that selects the operation. */
  readonly selectorHeader?: string;
  /** Query parameters that it understands besides the selectors. */
  readonly query?: readonly string[];
  /** `x-amz-*` and conditional headers that it understands; a trailing `*` stands for any ending. */
  readonly headers?: readonly string[];
  /** Whether it is asked before the request that it is about, and so with that one's parameters and headers. */
  readonly isPreflight?: boolean;
  /** Whether the bucket may be missing when the questions are asked. */
  readonly createsBucket?: boolean;
  readonly run: S3Operation;
}
