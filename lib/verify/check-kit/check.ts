import type { BackupEnvironment } from '../../backup-environment/schema';
import type {
  GuardedBackups,
  GuardedS3,
  guardConfigurationWrites,
  guardIam,
  guardKms,
  guardSts,
  guardWrongSignature,
} from '../guard/guard';
import type { CanaryTarget } from '../guard/run-scope';
import type { Kind, Observation, Result } from '../result/verification';
import type { Samples } from './samples';
import type { Service } from './service';

/** The certificate of this host, as its file has it. */
export interface HostCertificate {
  readonly file: string;
  /** Hexadecimal, in lower case. */
  readonly serialNumber: string;
  readonly commonName: string;
  /** Common name of its issuer. */
  readonly issuer: string;
}

/** The tools of a check: the calls of this run, which are guarded and stop with it. */
export interface Probe {
  readonly config: BackupEnvironment;
  readonly s3: GuardedS3;
  /** Reads of backups: a page of keys, headers, one byte. */
  readonly backups: GuardedBackups;
  readonly s3OverPlainHttp: GuardedS3;
  readonly s3Presigned: GuardedS3;
  readonly s3OverPresignedHttp: GuardedS3;
  readonly wronglySigned: ReturnType<typeof guardWrongSignature>;
  readonly s3WithMalformedBody: ReturnType<typeof guardConfigurationWrites>;
  readonly sts: ReturnType<typeof guardSts>;
  readonly kms: ReturnType<typeof guardKms>;
  readonly iam: ReturnType<typeof guardIam>;
  /** The endpoints of another region. */
  readonly elsewhere: { readonly region: string } & Pick<Probe, 's3' | 'kms'>;
  /** Where a check may write: a key of its own, below the prefix of this run and the id of the check. */
  readonly canary: (name?: string) => CanaryTarget;
  /** Objects that several checks look at, written once for all of them. */
  readonly samples: Samples;
  /** A key of the bucket that nobody uses, beside everything that verification writes. */
  readonly unused: CanaryTarget;
  readonly runId: string;
  /** Undefined on a host that has none, or where this run may not read it. */
  readonly hostCertificate: HostCertificate | undefined;
  /** A bucket of the account that the role must not reach, when one is named. */
  readonly otherBucket: string | undefined;
}

/** The result of running a check once. */
export interface Outcome {
  readonly result: Result;
  readonly observed: readonly Observation[];
  readonly detail: string;
}

/** A check, as data. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly kind: Kind;
  /** Controls that it is evidence for: AWS Security Hub's, and those of NIST SP 800-53 Rev. 5 that it maps them to. */
  readonly controls: readonly string[];
  /** The calls that it makes. */
  readonly does: string;
  /** Why nothing is lost, whatever AWS answers. */
  readonly harmless: string;
  /** The answer of AWS that is a pass. */
  readonly passes: string;
  /** Where to look when it does not pass. */
  readonly lookAt: string;
  /** Requests that it makes one after the other; a check that takes longer is begun earlier. @default 1 */
  readonly steps?: number;
  readonly run: (probe: Probe) => Promise<Outcome>;
}

/** Proves that something works; runs where the config grants every action that it requires. */
export interface PositiveCheck extends Check {
  readonly kind: 'positive';
  readonly requires: readonly string[];
  /** Further actions that it uses where they are granted. */
  readonly alsoUses?: readonly string[];
  /** Capability that it belongs to, where the actions alone do not tell. */
  readonly capability?: string;
  /** Whether it is asked only where the bucket locks new versions, or only elsewhere. @default everywhere */
  readonly objectLock?: 'required' | 'excluded';
  /** Whether it is tried once under Object Lock, and not again at the end: what it writes is kept. @default false */
  readonly isTriedOnceUnderLock?: boolean;
  /** Whether waiting can change the answer: grants take time to arrive, an identity does not. */
  readonly isRetried: boolean;
}

/** Proves that something is refused; its id is one of the config's `forbidden`. */
export interface NegativeCheck extends Check {
  readonly kind: 'negative';
  /** The services that get its probes, which have to be seen to enforce first. @default ['S3'] */
  readonly asks?: readonly Service[];
}
