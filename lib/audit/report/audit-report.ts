import type { Tool } from '../../tool';
import type { Proof } from '../permission-proof/proof';
import type { PartlyRead, RecordedAccess } from './recorded-access';

/** Version of the result document; a reader refuses any other. */
export const AUDIT_VERSION = 1;

/**
 * The finding of a rule about one resource.
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

/** Checks of other scanners that ask what a rule asks, or a part of it. */
export interface EquivalentChecks {
  readonly checkov?: readonly string[];
  readonly prowler?: readonly string[];
  /** The difference, where the rule asks more. */
  readonly beyond?: string;
}

/** A thing that was read. */
export interface EvidenceItem {
  /** Address and argument, as in `aws_s3_bucket_versioning.backup: versioning_configuration.status`. */
  readonly at: string;
  /** The value, as text; an unknown one says so. */
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

/** The finding of one rule about one resource. */
export interface Finding {
  /** Rule and resource, unique in the report. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly rationale: string;
  readonly remedy: string;
  readonly controls: ControlIds;
  readonly equivalents?: EquivalentChecks;
  /** Address of the resource, or of the one that is missing. */
  readonly resource: string;
  readonly result: FindingResult;
  /** A plain sentence. */
  readonly detail: string;
  readonly evidence: readonly EvidenceItem[];
  /** Present where a failure or a doubt is waived; it then no longer decides the verdict. */
  readonly waiver?: AppliedWaiver;
  /** The id of the finding that a doubt only follows from; it is then not counted by itself. */
  readonly hangsOn?: string;
}

export type AuditCounts = Readonly<Record<FindingResult | 'waived' | 'total', number>>;

/** The policy that the vendor's documentation tells people to paste, and the part of it that this environment does not grant. */
export interface VendorComparison {
  readonly policy: string;
  readonly source: string;
  /** Actions of the catalogue that the vendor's policy gives the role on the environment, and this one does not. */
  readonly notGranted: readonly string[];
  /** The other way round. */
  readonly onlyGrantedHere: readonly string[];
}

/** A resource of the stack. */
export interface RecordedResource {
  readonly address: string;
  readonly type: string;
  readonly sha256: string;
  /** The arguments that data depends on; an unknown leaf is `{ unknown: … }`. Missing where there are none, and in older reports. */
  readonly keeps?: Readonly<Record<string, unknown>>;
}

/** Something that somebody may do now and could not when the baseline was approved, or the other way round. */
export interface AccessChange {
  /** Caller, action, resources and circumstances, as in `the role/s3:GetObjectAcl on backups`; what an `accept` entry names. */
  readonly id: string;
  readonly caller: string;
  readonly action: string;
  /** The resources that were tried and came out otherwise. */
  readonly resources: readonly string[];
  /** A set of circumstances in which it came out otherwise, in words; empty when none matter. */
  readonly example: string;
  /** Present where somebody answers for new access. */
  readonly accepted?: AppliedWaiver;
}

/** Changes since a report was approved. */
export interface BaselineComparison {
  readonly baseline: string;
  readonly resources: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  /** Missing where the policies of one of the two could not be read in full; a finding then says so. */
  readonly access?: { readonly gained: readonly AccessChange[]; readonly lost: readonly AccessChange[] };
  /** Ids of findings that are neither `pass` nor waived. */
  readonly findings: { readonly gained: readonly string[]; readonly lost: readonly string[] };
}

/** Where Terraform keeps its state. */
export interface RecordedBackend {
  readonly type: string;
  /** As in `{bucket, key, region}`; missing in older reports. */
  readonly place?: Readonly<Record<string, string>>;
}

export interface ReadInput {
  readonly name: string;
  readonly kind: 'synthesized-stack' | 'backend' | 'plan' | 'waivers' | 'baseline';
  readonly sha256: string;
}

/** The audit of one environment. The same input gives the same bytes. */
export interface AuditReport {
  readonly version: typeof AUDIT_VERSION;
  readonly verdict: AuditVerdict;
  readonly environment: string;
  /** Account and region are `unknown` where no input says them. */
  readonly account: string;
  readonly region: string;
  /** The day that expiry dates were held against, as `YYYY-MM-DD`. An argument: an audit has no clock. */
  readonly asOf?: string;
  readonly tool: Tool;
  readonly catalogue: { readonly name: string; readonly version: string };
  readonly inputs: readonly ReadInput[];
  readonly counts: AuditCounts;
  readonly findings: readonly Finding[];
  /** Missing where the policies could not be read in full; a finding then says why. */
  readonly proof?: Proof;
  readonly vendor?: VendorComparison;
  /** Every resource of the stack, in the order of the report; the sum is that of its arguments. */
  readonly resources: readonly RecordedResource[];
  /** Where Terraform keeps its state, as in `s3`; missing where no input says. */
  readonly backend?: RecordedBackend;
  /** Missing where the policies could not be read in full. */
  readonly access?: RecordedAccess;
  /** The policies that could be read, where not all of them could. */
  readonly partlyRead?: PartlyRead;
  /** Only with `--baseline`. */
  readonly baseline?: BaselineComparison;
  /** Policies that count and could not be read. */
  readonly notAssessed: readonly string[];
}
