/** Version of the result document; a reader refuses any other. */
export const VERIFICATION_VERSION = 1;

export type Result = 'pass' | 'fail' | 'inconclusive';
export type Kind = 'positive' | 'negative';

/** What one call of a check came to. */
export interface Observation {
  /** AWS's name of the operation, with what is special about it. */
  readonly call: string;
  /** AWS's error code, `OK`, or the value that was looked for. */
  readonly answer: string;
  readonly status?: number;
  readonly requestId?: string;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  readonly result: Result;
  readonly expected: string;
  readonly observed: readonly Observation[];
  /** One plain sentence. */
  readonly detail: string;
  /** What to look at; only where the result is not a pass. */
  readonly lookAt?: string;
  /** How often it was tried: positive checks wait for changes in IAM to arrive. */
  readonly attempts: number;
  /** Time of the last attempt. */
  readonly durationMs: number;
}

/** Something of the run's own that could not be removed. */
export interface Leftover {
  readonly kind: 'version' | 'delete-marker' | 'object' | 'upload';
  readonly key: string;
  readonly versionId?: string;
  readonly uploadId?: string;
  readonly reason: string;
}

export type Counts = Readonly<Record<Result | 'total', number>>;

/** What verification found out. Never a secret. */
export interface Verification {
  readonly version: typeof VERIFICATION_VERSION;
  readonly verdict: Result;
  readonly environment: string;
  readonly account: string;
  readonly bucket: string;
  /** ARN of the role session that it ran as; missing when STS did not tell. */
  readonly role?: string;
  /** Present when the answers came from the simulated account. */
  readonly simulated?: true;
  readonly runId: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly counts: Counts;
  readonly checks: readonly CheckResult[];
  /** Granted actions that no check of this run has used. */
  readonly notExercised: readonly string[];
  readonly leftovers: readonly Leftover[];
}

/** One failure decides, then one doubt. Nothing at all proves nothing. */
export function verdictOf(results: readonly Result[]): Result {
  if (results.includes('fail')) return 'fail';
  return results.length === 0 || results.includes('inconclusive') ? 'inconclusive' : 'pass';
}

export function countsOf(results: readonly Result[]): Counts {
  const count = (wanted: Result) => results.filter((result) => result === wanted).length;
  return { total: results.length, pass: count('pass'), fail: count('fail'), inconclusive: count('inconclusive') };
}
