/** Version of the result document; a reader refuses any other. */
export const EVIDENCE_VERIFICATION_VERSION = 1;

export type FileResult = 'intact' | 'changed' | 'missing' | 'extra';

/** The fate of one file since the manifest was written. */
export interface CheckedFile {
  readonly name: string;
  readonly result: FileResult;
  /** SHA-256 that the manifest records. */
  readonly expected?: string;
  /** SHA-256 of what is there; missing for what is no file. */
  readonly found?: string;
}

/**
 * Whether two files of the folder speak of the same stack.
 *
 * - `not-there`: one of the two files is not in the folder, so there is nothing to compare
 * - `not-said`: both are there, but one does not say which stack it is about
 */
export type LinkResult = 'same' | 'different' | 'not-said' | 'not-there';

export interface Link {
  readonly id:
    | 'seal'
    | 'inputs'
    | 'config'
    | 'config-content'
    | 'config-sum'
    | 'verification'
    | 'operator-verification'
    | 'verified-config'
    | 'operator-verified-config';
  readonly title: string;
  readonly result: LinkResult;
  /** Where the first difference is, where contents are compared. */
  readonly at?: string;
  /** SHA-256 of the audited stack, of the config, of an input, or of the manifest that was noted; or a value as JSON. */
  readonly expected?: string;
  readonly found?: string;
}

/** The verdict of a result document in the folder. */
export interface StatedVerdict {
  readonly name: string;
  readonly verdict: string;
  /** Present when the answers came from the simulated account. */
  readonly simulated?: true;
}

/** Whether an evidence folder still is what was written. It says nothing of whether what it holds is good news. */
export interface EvidenceVerification {
  readonly version: typeof EVIDENCE_VERIFICATION_VERSION;
  readonly verdict: 'pass' | 'fail';
  /** Compare it with the one that was noted when the folder was made: whoever changes everything can change the manifest. */
  readonly manifestSha256: string;
  readonly counts: Readonly<Record<FileResult | 'total', number>>;
  readonly files: readonly CheckedFile[];
  readonly links: readonly Link[];
  readonly stated: readonly StatedVerdict[];
}
