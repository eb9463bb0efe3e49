/** Bucket and key of an S3 call, in the SDK's spelling. */
export interface CanaryTarget {
  readonly Bucket: string;
  readonly Key: string;
}

/** The only place that a run may write to. */
export interface RunScope {
  readonly bucket: string;
  /** Account that has to own the bucket. */
  readonly account: string;
  /** The config's verification prefix and the id of the run; ends with a slash. */
  readonly runPrefix: string;
  /** A key beside the verification prefix, which nobody uses: what is tried there has no object to act on. */
  readonly unusedKey: string;
}

/** What a scope is made from. */
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
  const unusedKey = `${verificationPrefix.slice(0, -1)}-outside/${runId}`;
  return { bucket, account, runPrefix: `${verificationPrefix}${runId}/`, unusedKey };
}

export function canaryOf({ bucket, runPrefix }: RunScope, name: string): CanaryTarget {
  return { Bucket: bucket, Key: `${runPrefix}${name}` };
}
