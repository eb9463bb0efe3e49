import type { AppliedWaiver } from '../audit/report/audit-report';
import type { AnsweringEndpoint } from '../aws/endpoint-log';
import type { Adoptable } from '../config/adoptable';
import type { DescribedBucket } from './described';

/** Version of the result document; a reader refuses any other. */
export const ADOPTION_VERSION = 1;

/**
 * Verdicts on one thing that exists, from worst to best.
 *
 * - `blocks`: Terraform would fail, or make something else than the file means
 * - `loses`: data, or what is known about it, is gone afterwards, or sooner
 * - `locks-out`: somebody who can use bucket or key today cannot any more
 * - `unknown`: it could not be read
 * - `lets-in`, `loosens`: somebody can do more, or a protection ends
 * - `stays`: it stays as it is, and the stack does not know it
 * - `tightens`: a protection is added, or somebody can do less in some circumstances
 * - `same`: nothing changes
 */
export const VERDICTS = [
  ...(['blocks', 'loses', 'locks-out', 'unknown', 'lets-in', 'loosens', 'stays', 'tightens', 'same'] as const),
] as const;
export type AdoptionVerdict = (typeof VERDICTS)[number];

/** Verdicts that somebody has to answer for. */
export const NEEDS_ANSWER: readonly AdoptionVerdict[] = ['loses', 'locks-out', 'unknown'];

/** A judgement. */
export interface AdoptionItem {
  /** Address and word, as in `aws_s3_bucket.backup/tags`: what an `accept` entry names. */
  readonly id: string;
  readonly verdict: AdoptionVerdict;
  /** In AWS's own words; empty where there is no one value. */
  readonly was: string;
  readonly is: string;
  readonly detail: string;
  /** Lines of the environment file that keep it as it is; missing where no key does. */
  readonly keep?: KeptLines;
  readonly accepted?: AppliedWaiver;
}

/** Values by the dotted path of their key in the environment file. */
export type KeptLines = Readonly<Record<string, unknown>>;

/** Objects that are stored alike, among those that were looked at. */
export interface ObjectGroup {
  /** As S3 calls it: `AES256`, `aws:kms`, `SSE-C`. */
  readonly method: string;
  readonly keyArn?: string;
  readonly bucketKey: boolean;
  /** Where nobody reads them before a restore, as in `GLACIER`. */
  readonly archive?: string;
  readonly count: number;
  readonly example: string;
}

/** The sample of objects. */
export interface SeenObjects {
  readonly listedVersions: number;
  /** Whether there are more that were not listed. */
  readonly isCutOff: boolean;
  readonly sampled: number;
  readonly groups: readonly ObjectGroup[];
}

/** The effects of taking over, for a person who is about to do it. */
export interface Adoption {
  readonly version: typeof ADOPTION_VERSION;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** `fail` while something would be lost that nobody answers for. */
  readonly verdict: 'pass' | 'fail';
  readonly operator: string;
  readonly simulated?: true;
  /** Existing things, whether the file names them or not. */
  readonly exists: readonly Adoptable[];
  /** Existing things that are imported, and new ones that are made. */
  readonly imports: readonly Adoptable[];
  readonly makes: readonly Adoptable[];
  readonly items: readonly AdoptionItem[];
  readonly objects?: SeenObjects;
  /** The bucket of today, for `rehearse --described`; missing where there is none. */
  readonly described?: DescribedBucket;
  /** Why the answers may not be those of AWS. */
  readonly doubts: readonly string[];
  readonly answeredBy: readonly AnsweringEndpoint[];
  /** A sentence each. */
  readonly notAssessed: readonly string[];
  readonly warnings: readonly string[];
}
