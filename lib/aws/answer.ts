/** AWS did what was asked. */
export interface Granted<T> {
  readonly ok: true;
  readonly value: T;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
}

/** AWS, or the way to it, said no. `status` and `requestId` are missing when no response arrived. */
export interface Refused {
  readonly ok: false;
  /** AWS's error code, or the transport's own: `ECONNREFUSED`, `TimeoutError`, `AbortError`, … */
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
}

/** The code of an answer that holds no request id, which every answer of AWS has: something else gave it. */
export const NO_REQUEST_ID = 'NoRequestId';

/** The result of one call. An expected "no" is a value, so a call never rejects. */
export type Answer<T> = Granted<T> | Refused;
