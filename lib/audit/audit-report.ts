import type { Proof } from './permission-proof/proof';

/** Version of the result document; a reader refuses any other. */
export const AUDIT_VERSION = 1;

/**
 * What a rule found out about one resource.
 *
 * - `unknown`: what decides could not be read; it is never taken for a pass
 * - `not-applicable`: the environment has nothing that the rule is about
 * - `inherited`: the account or the organization answers for it, not the stack
 */
export type FindingResult = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'inherited';

export type AuditVerdict = 'pass' | 'fail' | 'unknown';

/** Ids of the controls that a rule answers, by catalogue; a catalogue without one is missing. */
export interface ControlIds {
  /** AWS Foundational Security Best Practices, as in `S3.5`. */
  readonly fsbp?: readonly string[];
  /** CIS AWS Foundations Benchmark 3.0 and 5.0. */
  readonly cisV3?: readonly string[];
  readonly cisV5?: readonly string[];
  /** NIST SP 800-53 revision 5. */
  readonly nist80053r5?: readonly string[];
  /** PCI DSS 4.0.1. */
  readonly pciDss401?: readonly string[];
}

/** One thing that was read. */
export interface EvidenceItem {
  /** Address and argument, as in `aws_s3_bucket_versioning.backup: versioning_configuration.status`. */
  readonly at: string;
  /** What stands there, as text; an unknown value says so. */
  readonly value: string;
}

/** A finding that somebody answers for. */
export interface AppliedWaiver {
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** `generated`: it follows from the environment itself, as SSE-S3 does from the method AES-256. */
  readonly source: 'file' | 'generated';
}

/** What one rule says of one resource. */
export interface Finding {
  /** Rule and resource, unique in the report. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly rationale: string;
  readonly remedy: string;
  readonly controls: ControlIds;
  /** Address of the resource, or of the one that is missing. */
  readonly resource: string;
  readonly result: FindingResult;
  /** One plain sentence. */
  readonly detail: string;
  readonly evidence: readonly EvidenceItem[];
  /** Present where a failure or a doubt is waived; it then no longer decides the verdict. */
  readonly waiver?: AppliedWaiver;
}

export type AuditCounts = Readonly<Record<FindingResult | 'waived' | 'total', number>>;

/** What the vendor's documentation tells people to paste, and what of it this environment does not grant. */
export interface VendorComparison {
  readonly policy: string;
  readonly source: string;
  /** Actions of the catalogue that the vendor's policy gives the role on the environment, and this one does not. */
  readonly notGranted: readonly string[];
  /** The other way round. */
  readonly onlyGrantedHere: readonly string[];
}

export interface ReadInput {
  readonly name: string;
  readonly kind: 'synthesized-stack' | 'plan' | 'waivers' | 'baseline';
  readonly sha256: string;
}

/** The audit of one environment. The same input gives the same bytes. */
export interface AuditReport {
  readonly version: typeof AUDIT_VERSION;
  readonly verdict: AuditVerdict;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly catalogue: { readonly name: string; readonly version: string };
  readonly inputs: readonly ReadInput[];
  readonly counts: AuditCounts;
  readonly findings: readonly Finding[];
  /** Missing where the policies could not be read in full; a finding then says why. */
  readonly proof?: Proof;
  readonly vendor?: VendorComparison;
  /** Every resource of the stack, in the order of the report. */
  readonly resources: readonly { readonly address: string; readonly type: string }[];
  /** What has a say and was not there to be read. */
  readonly notAssessed: readonly string[];
}
