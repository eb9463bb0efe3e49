import type { Result } from '../result/verification';

export type Phase = 'positive' | 'waiting' | 'negative' | 'settling' | 'again' | 'cleanup';

/** How far a verification is. */
export interface Progress {
  readonly phase: Phase;
  /** Checks that have their result. */
  readonly done: number;
  readonly total: number;
  readonly counts: Readonly<Record<Result, number>>;
  /** Ids of the checks under way or waited for. */
  readonly running: readonly string[];
  /** How long the phase still takes, where that is known. */
  readonly remainingMs?: number;
}

export type OnProgress = (progress: Progress) => void;

const PHASES: Readonly<Record<Phase, string>> = {
  positive: 'what must work',
  waiting: 'waiting for permissions to arrive',
  negative: 'what must be refused',
  settling: 'waiting for changes to settle, then once more',
  again: 'what must still work',
  cleanup: 'removing probes',
};

/** A line of at most `columns` characters, without an end of line. */
export function renderProgressLine(progress: Progress, columns: number): string {
  const { phase, done, total, counts, running, remainingMs } = progress;
  const doubts = [
    counts.fail > 0 ? `, ${counts.fail} failed` : '',
    counts.inconclusive > 0 ? `, ${counts.inconclusive} unclear` : '',
  ].join('');
  const time = remainingMs === undefined ? '' : ` (${Math.ceil(remainingMs / 1000)} s)`;
  const start = `[${done}/${total}${doubts}] ${PHASES[phase]}${time}`;
  const line = withNames(start, running, columns);
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}

/** As many names as fit, and how many more there are. */
function withNames(start: string, names: readonly string[], columns: number): string {
  for (let shown = names.length; shown > 0; shown -= 1) {
    const more = names.length > shown ? ` +${names.length - shown}` : '';
    const line = `${start}: ${names.slice(0, shown).join(', ')}${more}`;
    if (line.length <= columns) return line;
  }
  return start;
}
