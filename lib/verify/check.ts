import type { Aws } from '../aws/connect';
import type { S3Calls } from '../aws/s3-calls';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { CanaryTarget } from './run-scope';
import type { Kind, Observation, Result } from './verification';

/** What a check may use: the calls of this run, which are guarded and stop with it. */
export interface Probe {
  readonly config: BackupEnvironment;
  readonly s3: S3Calls;
  readonly s3OverPlainHttp: S3Calls;
  readonly sts: Aws['sts'];
  readonly kms: Aws['kms'];
  readonly iam: Aws['iam'];
  /** Where a check may write: bucket and a key below the prefix of this run. */
  readonly canary: (name: string) => CanaryTarget;
  /** Prefix that holds everything this run writes. */
  readonly runPrefix: string;
  readonly runId: string;
  /** A bucket of the account that the role must not reach, when one is named. */
  readonly otherBucket: string | undefined;
}

/** What came of running a check once. */
export interface Outcome {
  readonly result: Result;
  readonly observed: readonly Observation[];
  readonly detail: string;
}

/** One check, as data. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** The calls that it makes. */
  readonly does: string;
  /** Why nothing is lost, whatever AWS answers. */
  readonly harmless: string;
  /** What AWS has to answer for a pass. */
  readonly passes: string;
  /** Where to look when it does not pass. */
  readonly lookAt: string;
  readonly run: (probe: Probe) => Promise<Outcome>;
}

/** Proves that something works; runs where the config grants every action that it requires. */
export interface PositiveCheck extends Check {
  readonly kind: 'positive';
  readonly requires: readonly string[];
  /** Further actions that it uses where they are granted. */
  readonly alsoUses?: readonly string[];
  /** Whether waiting can change the answer: grants take time to arrive, an identity does not. */
  readonly isRetried: boolean;
}

/** Proves that something is refused; its id is one of the config's `forbidden`. */
export interface NegativeCheck extends Check {
  readonly kind: 'negative';
}
