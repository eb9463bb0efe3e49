import type { Tool } from '../tool';
import type { Diagnosis } from '../verify/result/diagnosis';

/** Version of the result document; a reader refuses any other. */
export const EXAMINATION_VERSION = 1;

/** `note`: nothing is wrong, but it is worth knowing. */
export type FindingResult = 'pass' | 'note' | 'fail';

/** A thing about this host, and whether Vault can live with it. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly result: FindingResult;
  /** Findings, a plain sentence each. */
  readonly found: readonly string[];
  /** The remedy; only where there is something to do. */
  readonly fix?: string;
  readonly diagnoses?: readonly Diagnosis[];
}

/** The doctor's findings about this host. Never a secret. */
export interface Examination {
  readonly version: typeof EXAMINATION_VERSION;
  readonly verdict: 'pass' | 'fail';
  /** The version that judged; missing where a library was asked. */
  readonly tool?: Tool;
  readonly startedAt: string;
  /** Present when the answers came from the simulated account. */
  readonly simulated?: true;
  readonly findings: readonly Finding[];
}
