import type { Tool } from '../tool';

/** Version of the document; a reader refuses any other. */
export const SUMMARY_VERSION = 1;

/** `error`: nothing could be found out. */
export type Outcome = 'pass' | 'fail' | 'error';

/** An environment, stack, config or folder of a run of several. */
export interface SummaryMember {
  readonly name: string;
  readonly outcome: Outcome;
  readonly durationMs: number;
  /** Why nothing could be found out. */
  readonly error?: { readonly code: string; readonly message: string };
  /** The document that the verb would have printed for this one alone. */
  readonly document?: unknown;
}

/** The summary of several, whatever the outcome of each. */
export interface Summary {
  readonly version: typeof SUMMARY_VERSION;
  /** As in `prove`. */
  readonly verb: string;
  readonly verdict: Outcome;
  readonly tool: Tool;
  readonly counts: Readonly<Record<Outcome | 'total', number>>;
  readonly members: readonly SummaryMember[];
}

/** The members joined; one that could not be judged decides, then one that failed. */
export function summarize(verb: string, members: readonly SummaryMember[], tool: Tool): Summary {
  const count = (wanted: Outcome) => members.filter(({ outcome }) => outcome === wanted).length;
  const counts = { total: members.length, pass: count('pass'), fail: count('fail'), error: count('error') };
  const failed = counts.fail > 0 ? 'fail' : 'pass';
  return { version: SUMMARY_VERSION, verb, verdict: counts.error > 0 ? 'error' : failed, tool, counts, members };
}
