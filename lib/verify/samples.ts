import type { S3Calls } from '../aws/s3-calls';
import { canaryBody } from './canary-body';
import type { GuardedS3 } from './guard';
import { putInParts, SMALLEST_PART_BYTES, type Stopped } from './multipart-object';
import type { CanaryTarget } from './run-scope';

const LAST_PART_BYTES = 64 * 1024;

/** A small object, and what came of writing it. */
export interface SmallSample {
  readonly target: CanaryTarget;
  readonly body: Uint8Array;
  readonly put: Awaited<ReturnType<S3Calls['putObject']>>;
}

/** An object that was uploaded in parts. */
export interface JoinedSample {
  readonly target: CanaryTarget;
  readonly body: Uint8Array;
  /** The call that stopped the upload, if one did. */
  readonly stopped: Stopped | undefined;
}

/** Objects that the checks of one round look at. Each is written once, when the first check asks for it. */
export interface Samples {
  readonly small: () => Promise<SmallSample>;
  readonly joined: () => Promise<JoinedSample>;
}

export interface Sampling {
  readonly s3: GuardedS3;
  readonly runId: string;
  readonly canary: (name: string) => CanaryTarget;
  /** Whether the parts are so large that S3 joins several; otherwise a short one is all there is. */
  readonly isOfSeveralParts: boolean;
}

/**
 * The samples of one round after the other.
 *
 * @returns those of a new round; one that may reuse takes the small object of an earlier round, where it was written
 */
export function createSamples(sampling: Sampling): (mayReuse: boolean) => Samples {
  let written: SmallSample | undefined;
  const writeSmall = async () => {
    const sample = await putSmall(sampling);
    if (sample.put.ok) written = sample;
    return sample;
  };
  return (mayReuse) => ({
    small: once(async () => (mayReuse ? written : undefined) ?? writeSmall()),
    joined: once(() => putJoined(sampling)),
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function putSmall({ s3, runId, canary }: Sampling): Promise<SmallSample> {
  const target = canary('object-put');
  const body = canaryBody(runId);
  return { target, body, put: await s3.putObject({ ...target, Body: body }) };
}

async function putJoined({ s3, runId, canary, isOfSeveralParts }: Sampling): Promise<JoinedSample> {
  const target = canary('multipart-upload');
  const sizes = isOfSeveralParts ? [SMALLEST_PART_BYTES, LAST_PART_BYTES] : [undefined];
  const parts = sizes.map((size, index) => canaryBody(runId, size, index + 1));
  return { target, body: Buffer.concat(parts), stopped: await putInParts(s3, { ...target, parts }) };
}
