import type { PermissionDrift } from '../../audit/permission-drift/drift';
import type { AnsweringEndpoint } from '../../aws/endpoint-log';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { Tool } from '../../tool';
import type { Diagnosis } from './diagnosis';
import type { LockedVersions } from './locked-versions';

/** Version of the result document; a reader refuses any other. */
export const VERIFICATION_VERSION = 1;

export type Result = 'pass' | 'fail' | 'inconclusive';
/** `configuration`: what the control plane tells is compared with what was audited. */
export type Kind = 'positive' | 'negative' | 'configuration';

/** Who ran it: the host does what Vault does, the operator reads the configuration. Each sees what the other cannot. */
export type Half = 'host' | 'operator';

/** The result of one call of a check. */
export interface Observation {
  /** AWS's name of the operation, with what is special about it. */
  readonly call: string;
  /** AWS's error code, `OK`, or the value that was looked for. */
  readonly answer: string;
  readonly status?: number;
  readonly requestId?: string;
  /** AWS's own words, or the transport's; only where the call was refused. */
  readonly message?: string;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** Controls that it is evidence for. */
  readonly controls?: readonly string[];
  readonly result: Result;
  readonly expected: string;
  readonly observed: readonly Observation[];
  /** A plain sentence. */
  readonly detail: string;
  /** How effective permissions differ from the audited ones; only where the operator finds that they do. */
  readonly drift?: readonly PermissionDrift[];
  /** Likely causes that the answers point to, and what to do; only where the result is not a pass. */
  readonly diagnoses?: readonly Diagnosis[];
  /** The place to look; only where the result is not a pass. */
  readonly lookAt?: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** Time of the last attempt. */
  readonly durationMs: number;
}

/** Something of the run's own that could not be removed. */
export interface Leftover {
  /** Another bucket than the environment's, which had to refuse it. */
  readonly bucket?: string;
  readonly kind: 'version' | 'delete-marker' | 'object' | 'upload';
  readonly key: string;
  readonly versionId?: string;
  readonly uploadId?: string;
  readonly reason: string;
  /** The command with which an operator removes it; missing where Object Lock lets nobody do so yet. */
  readonly command?: string;
}

export type Counts = Readonly<Record<Result | 'total', number>>;

/** The result of a verification. Never a secret. */
export interface Verification {
  readonly version: typeof VERIFICATION_VERSION;
  /** The half that was run; the verdict is about it alone. */
  readonly half: Half;
  readonly verdict: Result;
  readonly environment: string;
  readonly account: string;
  readonly bucket: string;
  /** ARN of the session or user that it ran as; missing when STS did not tell. */
  readonly role?: string;
  /** Present when the answers came from the simulated account. */
  readonly simulated?: true;
  /** The version that judged; missing where a library was asked. */
  readonly tool?: Tool;
  readonly runId: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /**
   * How long nothing had changed when the negative checks were tried for the last time, in milliseconds: changes to
   * policies that are younger may not have been in force. Only of the host's half.
   */
  readonly settledMs?: number;
  readonly counts: Counts;
  readonly checks: readonly CheckResult[];
  /** Why the verdict is no pass although every check passed, a sentence each; missing where nothing is in doubt. */
  readonly doubts?: readonly string[];
  /** Who answered, service by service. */
  readonly answeredBy?: readonly AnsweringEndpoint[];
  /** Present when answers of others than AWS were good enough, because the caller asked for it. */
  readonly acceptedOtherEndpoints?: true;
  /** Where the credentials came from, and when they run out. */
  readonly credentials?: { readonly source: string; readonly expiration?: string };
  /** Ids of the checks that the environment calls for and the config does not ask for. */
  readonly notAsked?: readonly string[];
  /** The link to plan and audit. */
  readonly evidence: BackupEnvironment['evidence'];
  /** Ids of the checks that were left out because the caller asked for it. */
  readonly leftOut?: readonly string[];
  /** Granted actions that no check of this run has used. */
  readonly notExercised: readonly string[];
  /** Policies that affect the environment and were not read, and questions that could not be asked. */
  readonly notAssessed?: readonly string[];
  /** Notes for a person about the run itself. */
  readonly warnings?: readonly string[];
  /** The versions that stay until their retention is over; missing where none does. */
  readonly locked?: LockedVersions;
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
