/** Bucket and key of an S3 call, in the SDK's spelling. */
export interface CanaryTarget {
  readonly Bucket: string;
  readonly Key: string;
}

/** The part of the bucket that is verification's own. */
export interface OwnScope {
  readonly bucket: string;
  /** Account that has to own the bucket. */
  readonly account: string;
  /** The only prefix that is listed; ends with a slash. */
  readonly prefix: string;
  /** Whether a key may be written and removed. */
  readonly owns: (key: string) => boolean;
}

/** The only place that a run may write to. */
export interface RunScope extends OwnScope {
  /** A key beside the verification prefix, which nobody uses: what is tried there has no object to act on. */
  readonly unusedKey: string;
}

/** The parts that a scope is made from. */
export interface ScopeOptions {
  readonly bucket: string;
  readonly account: string;
  /** Ends with a slash. */
  readonly verificationPrefix: string;
  readonly runId: string;
}

const RUN_ID = /^[A-Za-z0-9-]{8,64}$/;

/** Joins the verification prefix and the run's id. An id of another shape could reach outside the prefix. */
export function createRunScope({ bucket, account, verificationPrefix, runId }: ScopeOptions): RunScope {
  if (!RUN_ID.test(runId)) throw new Error(`'runId' must be 8 to 64 letters, digits or hyphens, got: ${runId}`);
  const prefix = `${verificationPrefix}${runId}/`;
  const unusedKey = `${verificationPrefix.slice(0, -1)}-outside/${runId}`;
  const owns = (key: string) => key.startsWith(prefix) && key.length > prefix.length;
  return { bucket, account, prefix, owns, unusedKey };
}

export function canaryOf({ bucket, prefix }: RunScope, name: string): CanaryTarget {
  return { Bucket: bucket, Key: `${prefix}${name}` };
}
