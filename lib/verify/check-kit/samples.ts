import type { S3Calls } from '../../aws/s3-calls';
import type { GuardedS3 } from '../guard/guard';
import { NULL_VERSION } from '../guard/harmless';
import type { CanaryTarget } from '../guard/run-scope';
import { canaryBody } from './canary-body';
import { putInParts, SMALLEST_PART_BYTES, type Stopped } from './multipart-object';

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
  /** A small object that may be deleted: only its versions are looked at. */
  readonly spare: () => Promise<SmallSample>;
  readonly joined: () => Promise<JoinedSample>;
}

export interface Sampling {
  readonly s3: GuardedS3;
  readonly runId: string;
  readonly canary: (name: string) => CanaryTarget;
  /** Whether the parts are so large that S3 joins several; otherwise a short one is all there is. */
  readonly isOfSeveralParts: boolean;
  /** Whether Object Lock keeps what is written, so that only the small object is written more than once. */
  readonly isLocked: boolean;
}

/** Names the version that a write made; a bucket that never had versioning calls its only one `null`. */
export function versionIn({ VersionId = NULL_VERSION }: { readonly VersionId?: string | undefined }) {
  return { VersionId };
}

/**
 * The samples of one round after the other.
 *
 * @returns those of a new round; one that may reuse takes the objects of an earlier round, where they were written
 */
export function createSamples(sampling: Sampling): (mayReuse: boolean) => Samples {
  const { isLocked } = sampling;
  const small = kept(() => putSmall(sampling, 'object-put'), isWritten);
  const spare = kept(() => putSmall(sampling, 'object-delete'), isWritten);
  const content = once(() => contentInParts(sampling));
  const joined = kept(() => putJoined(sampling, content()), isJoined);
  return (mayReuse) => ({
    small: once(() => small(mayReuse)),
    spare: once(() => spare(mayReuse || isLocked)),
    joined: once(() => joined(isLocked)),
  });
}

const isWritten = ({ put }: SmallSample) => put.ok;
const isJoined = ({ stopped }: JoinedSample) => stopped === undefined;

/** Makes a sample, or takes the last that is good. */
function kept<T>(make: () => Promise<T>, isGood: (sample: T) => boolean): (mayReuse: boolean) => Promise<T> {
  let last: T | undefined;
  return async (mayReuse) => {
    if (mayReuse && last !== undefined) return last;
    const sample = await make();
    if (isGood(sample)) last = sample;
    return sample;
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function putSmall({ s3, runId, canary }: Sampling, name: string): Promise<SmallSample> {
  const target = canary(name);
  const body = canaryBody(runId);
  return { target, body, put: await s3.putObject({ ...target, Body: body }) };
}

/** Bytes, and the parts that they are uploaded in. */
interface Content {
  readonly body: Uint8Array;
  readonly parts: readonly Uint8Array[];
}

/** The parts are views of the body: five megabytes take a while to fill, and to clear away. */
function contentInParts({ runId, isOfSeveralParts }: Sampling): Content {
  if (!isOfSeveralParts) {
    const body = canaryBody(runId);
    return { body, parts: [body] };
  }
  const body = Buffer.allocUnsafeSlow(SMALLEST_PART_BYTES + LAST_PART_BYTES);
  const parts = [body.subarray(0, SMALLEST_PART_BYTES), body.subarray(SMALLEST_PART_BYTES)];
  for (const [index, part] of parts.entries()) part.fill(canaryBody(runId, index + 1));
  return { body, parts };
}

async function putJoined({ s3, canary }: Sampling, { body, parts }: Content): Promise<JoinedSample> {
  const target = canary('multipart-upload');
  return { target, body, stopped: await putInParts(s3, { ...target, parts }) };
}
