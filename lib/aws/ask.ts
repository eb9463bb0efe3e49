import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Refused } from './answer';
import { isThrottling } from './throttling';

const BACKOFF_MS = [200, 400, 800, 1600] as const;

/** The part of an SDK output that every operation has. */
export interface Output {
  readonly $metadata: { readonly httpStatusCode?: number | undefined; readonly requestId?: string | undefined };
}

/**
 * Sends a request until it is answered with something other than throttling.
 *
 * @param backoffMs - waits between attempts, so one attempt more than waits is made at most
 */
export async function ask<T extends Output>(
  send: () => Promise<T>,
  signal?: AbortSignal,
  backoffMs: readonly number[] = BACKOFF_MS,
): Promise<Answer<T>> {
  for (const delayMs of backoffMs) {
    const answer = await askOnce(send, signal);
    if (answer.ok || !isThrottling(answer.code) || signal?.aborted) return answer;
    await wait(delayMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
  return askOnce(send, signal);
}

async function askOnce<T extends Output>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<Answer<T>> {
  try {
    const value = await orStopped(send(), signal);
    return { ok: true, value, status: value.$metadata.httpStatusCode, requestId: value.$metadata.requestId };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The SDK looks at the signal once it has credentials, for which it may wait long. A request that was not sent stays so. */
async function orStopped<T>(sent: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return sent;
  let onAbort = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  if (signal.aborted) onAbort();
  return Promise.race([sent, stopped]).finally(() => signal.removeEventListener('abort', onAbort));
}

interface Failure extends Partial<Output> {
  /** Name of the error's shape in the SDK, which is not always the code: `NoSuchEntityException` for `NoSuchEntity`. */
  readonly name?: string;
  /** The code as it came over the wire, where the protocol is XML. */
  readonly Code?: unknown;
  /** The system's own code. */
  readonly code?: unknown;
  readonly message?: string;
  /** Bucket that S3's error names. */
  readonly BucketName?: unknown;
  readonly Bucket?: unknown;
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** The error of an SDK call as a value. */
export function refusalOf(error: unknown): Refused {
  const failure = (error ?? {}) as Failure;
  const { name, Code, code, message, $metadata } = failure;
  return {
    ok: false,
    code: codeOf({ name: name ?? 'Error', Code, code, status: $metadata?.httpStatusCode }),
    status: $metadata?.httpStatusCode,
    requestId: $metadata?.requestId,
    message: [(message ?? String(error)).trim(), ...namedBeside(failure)].join(' '),
  };
}

/**
 * The bucket and the region that an answer of S3 names beside its message.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function namedBeside({ BucketName, Bucket, $response, $metadata }: Failure): readonly string[] {
  const bucket = BucketName ?? Bucket;
  const status = $metadata?.httpStatusCode ?? 0;
  const region = $response?.headers?.['x-amz-bucket-region'];
  return [
    ...(typeof bucket === 'string' ? [`(bucket: ${bucket})`] : []),
    ...(region !== undefined && status >= 300 && status <= 400 ? [`(x-amz-bucket-region: ${region})`] : []),
  ];
}

interface Naming {
  readonly name: string;
  readonly Code: unknown;
  readonly code: unknown;
  readonly status: number | undefined;
}

function codeOf({ name, Code, code, status }: Naming): string {
  if (status !== undefined && typeof Code === 'string') return Code;
  // A refused HEAD request has no body, so the SDK has no code to give; the status is all there is.
  if (status !== undefined && (name === 'Unknown' || name === 'UnknownError' || name === String(status)))
    return `Http${status}`;
  if (status === undefined && typeof code === 'string') return code;
  return name;
}
