import { type CheckResult, countsOf } from '../result/verification';
import type { OnProgress, Phase } from './progress';

/** Keeps the results of a run and tells how far it is. */
export interface Tally {
  /** @param remainingMs - how long the phase still takes, where that is known */
  readonly enter: (phase: Phase, remainingMs?: number) => void;
  readonly begin: (id: string) => void;
  /** The results stand, as far as it is known now. */
  readonly keep: (results: readonly CheckResult[]) => void;
}

/** @param total - number of checks of the run */
export function createTally(total: number, onProgress: OnProgress): Tally {
  const results = new Map<string, CheckResult>();
  const running = new Set<string>();
  let phase: Phase = 'positive';
  let remainingMs: number | undefined;
  const tell = () => {
    const { pass, fail, inconclusive } = countsOf([...results.values()].map((one) => one.result));
    const counts = { pass, fail, inconclusive };
    const wait = remainingMs === undefined ? {} : { remainingMs };
    onProgress({ phase, done: results.size, total, counts, running: [...running], ...wait });
  };
  return {
    enter: (next, remaining) => {
      phase = next;
      remainingMs = remaining;
      tell();
    },
    begin: (id) => {
      running.add(id);
      tell();
    },
    keep: (kept) => {
      for (const result of kept) {
        running.delete(result.id);
        results.set(result.id, result);
      }
      tell();
    },
  };
}
