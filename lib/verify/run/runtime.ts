import type { ProbesOfRound } from './probe';
import type { Tally } from './tally';

/** Everything that running checks needs from outside. */
export interface Runtime {
  readonly now: () => Date;
  /** Resolves after the time, or at once when the run is stopped. */
  readonly wait: (durationMs: number) => Promise<void>;
  /** How long positive checks are tried again before their result stands. */
  readonly timeoutMs: number;
  /** How long nothing may have changed before a refusal is believed; 0 believes the first one. */
  readonly settleMs: number;
  /** Checks under way at the same time. */
  readonly concurrency: number;
  /** Whether Object Lock keeps what the checks write. */
  readonly isLocked: boolean;
  readonly isStopped: () => boolean;
  readonly tally: Tally;
  readonly quiet: Quiet;
  readonly probesOf: ProbesOfRound;
}

/** How long nothing has changed, as far as this run has seen. It may have changed right before the run began. */
export interface Quiet {
  /** An answer was not what it was before. */
  readonly noteChange: () => void;
  readonly quietMs: () => number;
}

export function createQuiet(now: () => Date): Quiet {
  let lastChangeAt = now().getTime();
  return {
    noteChange: () => {
      lastChangeAt = now().getTime();
    },
    quietMs: () => now().getTime() - lastChangeAt,
  };
}
