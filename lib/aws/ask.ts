import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, NO_REQUEST_ID, type Refused } from './answer';
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
  // Each call under way listens, here and in the SDK; Node takes more than ten for a leak.
  if (signal !== undefined) setMaxListeners(0, signal);
  for (const delayMs of backoffMs) {
    const answer = await askOnce(send, signal);
    if (answer.ok || !isThrottling(answer.code) || signal?.aborted) return answer;
    await wait(delayMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
  return askOnce(send, signal);
}

async function askOnce<T extends Output>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<Answer<T>> {
  try {
    signal?.throwIfAborted();
    const value = await orStopped(send(), signal);
    return vouched({ ok: true, value, status: value.$metadata.httpStatusCode, requestId: value.$metadata.requestId });
  } catch (error) {
    return vouched(refusalOf(error));
  }
}

/**
 * Takes an answer without a request id for nobody's: a sign-in page says 200 to everything, a firewall 403.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
function vouched<T>(answer: Answer<T>): Answer<T> {
  const { status, requestId } = answer;
  if (status === undefined || requestId !== undefined || (!answer.ok && isThrottling(answer.code))) return answer;
  const said = answer.ok ? 'as if it were done' : `${answer.code}: ${answer.message}`;
  const message = `HTTP ${status} without a request id of AWS, ${said}`;
  return { ok: false, code: NO_REQUEST_ID, status, requestId, message };
}

/** The SDK looks at the signal once it has credentials, for which it may wait long. A request that was not sent stays so. */
async function orStopped<T>(sent: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return sent;
  let onAbort = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
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
    requestId: requestIdOf(failure),
    message: [(message ?? String(error)).trim(), ...namedBeside(failure)].join(' '),
  };
}

/** Headers that hold it; the body of an error is anybody's. */
const REQUEST_ID_HEADERS = ['x-amz-request-id', 'x-amzn-requestid', 'x-amzn-request-id'];

function requestIdOf({ $response, $metadata }: Failure): string | undefined {
  const headers = $response?.headers;
  if (headers === undefined) return $metadata?.requestId;
  return REQUEST_ID_HEADERS.map((name) => headers[name]).find((value) => value !== undefined);
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
