/** Bucket and key of an S3 call, in the SDK's spelling. */
export interface CanaryTarget {
  readonly Bucket: string;
  readonly Key: string;
}

/** The only place that a run may write to. */
export interface RunScope {
  readonly bucket: string;
  /** The config's verification prefix and the id of the run; ends with a slash. */
  readonly runPrefix: string;
}

const RUN_ID = /^[A-Za-z0-9-]{8,64}$/;

/** Joins the verification prefix and the run's id. An id of another shape could reach outside the prefix. */
export function createRunScope(bucket: string, verificationPrefix: string, runId: string): RunScope {
  if (!RUN_ID.test(runId)) throw new Error(`'runId' must be 8 to 64 letters, digits or hyphens, got: ${runId}`);
  return { bucket, runPrefix: `${verificationPrefix}${runId}/` };
}

export function canaryOf({ bucket, runPrefix }: RunScope, name: string): CanaryTarget {
  return { Bucket: bucket, Key: `${runPrefix}${name}` };
}
