/** A change to a request or to its answer. */
export type Fault =
  /** The request waits before anything is done with it. */
  | { readonly kind: 'latency'; readonly latencyMs: number }
  | { readonly kind: ErrorFault }
  /** The connection ends without an answer; the operation took effect, or it did not. */
  | { readonly kind: 'connection-reset'; readonly when: 'before-operation' | 'after-operation' }
  /** The connection ends in the middle of the body. An answer without a body goes out whole. */
  | { readonly kind: 'truncated-body' }
  /** The service's clock is this far ahead (negative: behind) while it looks at the request. */
  | { readonly kind: 'clock-skew'; readonly skewMs: number }
  /** Temporary credentials count as expired; a long-term key has no token, and is served. */
  | { readonly kind: 'expired-token' };

export const FAULT_KINDS: readonly Fault['kind'][] = [
  'latency',
  'throttling',
  'internal-error',
  'service-unavailable',
  'connection-reset',
  'truncated-body',
  'clock-skew',
  'expired-token',
];

/** The longest that a timer waits; one for longer would not wait at all. @see https://nodejs.org/api/timers.html */
export const MAX_LATENCY_MS = 2 ** 31 - 1;

/** Faults that are an answer of the service. */
export type ErrorFault = 'throttling' | 'internal-error' | 'service-unavailable';

/** Which requests a rule is about; what is left out matches every request. */
export interface FaultMatch {
  /** `s3`, `iam`, `sts`, `kms` */
  readonly service?: string;
  /** AWS's name of the operation; `*` stands for any characters, as in `Put*`. */
  readonly operation?: string;
  /** The `Host` header without its port; `*` stands for any characters. */
  readonly host?: string;
}

/** Does something to some of the requests that it matches. */
export interface FaultRule {
  /** Its name in the request log. @default - its place among the rules, as in `#1` */
  readonly name?: string;
  readonly match?: FaultMatch;
  /** The first of the matching requests that it is for, counted from 1. @default 1 */
  readonly from?: number;
  /** How many requests it hits at most. @default - no limit */
  readonly times?: number;
  /** 0 to 1: how likely it hits a request that it is for. @default 1 */
  readonly probability?: number;
  readonly fault: Fault;
}

/** A fault that took effect, as the request log keeps it. */
export interface InjectedFault {
  readonly rule: string;
  readonly fault: Fault;
}
