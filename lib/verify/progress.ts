import type { Result } from './verification';

export type Phase = 'positive' | 'waiting' | 'negative' | 'cleanup';

/** How far a verification is. */
export interface Progress {
  readonly phase: Phase;
  /** Checks that have their result. */
  readonly done: number;
  readonly total: number;
  readonly counts: Readonly<Record<Result, number>>;
  /** Ids of the checks under way or waited for. */
  readonly running: readonly string[];
}

export type OnProgress = (progress: Progress) => void;

const PHASES: Readonly<Record<Phase, string>> = {
  positive: 'what must work',
  waiting: 'waiting for permissions to arrive',
  negative: 'what must be refused',
  cleanup: 'removing probes',
};

/** One line of at most `columns` characters, without an end of line. */
export function renderProgressLine({ phase, done, total, counts, running }: Progress, columns: number): string {
  const doubts = [
    counts.fail > 0 ? `, ${counts.fail} failed` : '',
    counts.inconclusive > 0 ? `, ${counts.inconclusive} inconclusive` : '',
  ].join('');
  const names = running.length > 0 ? `: ${running.join(', ')}` : '';
  const line = `[${done}/${total}${doubts}] ${PHASES[phase]}${names}`;
  return line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}
