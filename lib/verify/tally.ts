import type { OnProgress, Phase } from './progress';
import { type CheckResult, countsOf } from './verification';

/** Keeps the results of a run and tells how far it is. */
export interface Tally {
  readonly enter: (phase: Phase) => void;
  readonly begin: (id: string) => void;
  /** A check has its result. */
  readonly end: (result: CheckResult) => void;
}

/** @param total - number of checks of the run */
export function createTally(total: number, onProgress: OnProgress): Tally {
  const results = new Map<string, CheckResult>();
  const running = new Set<string>();
  let phase: Phase = 'positive';
  const tell = () => {
    const { pass, fail, inconclusive } = countsOf([...results.values()].map((one) => one.result));
    const counts = { pass, fail, inconclusive };
    onProgress({ phase, done: results.size, total, counts, running: [...running] });
  };
  return {
    enter: (next) => {
      phase = next;
      tell();
    },
    begin: (id) => {
      running.add(id);
      tell();
    },
    end: (result) => {
      running.delete(result.id);
      results.set(result.id, result);
      tell();
    },
  };
}
