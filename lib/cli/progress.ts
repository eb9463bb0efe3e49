import type { Io } from './io';

/** Tells a person what is going on, on the notes channel. */
export interface Progress {
  /** Shows the current activity. A terminal shows the last one only; elsewhere each is a line. */
  readonly show: (text: string) => void;
  /** Takes the line off the terminal again. */
  readonly end: () => void;
}

const CLEAR_LINE = '\r\u001b[2K';

export function createProgress(io: Io): Progress {
  if (!io.isTerminal) return { show: (text) => io.note(`${text}\n`), end: () => undefined };
  let isShown = false;
  return {
    show: (text) => {
      isShown = true;
      io.note(`${CLEAR_LINE}${fit(text, io.columns)}`);
    },
    end: () => {
      if (isShown) io.note(CLEAR_LINE);
      isShown = false;
    },
  };
}

/** A line that wraps could not be cleared. */
function fit(text: string, columns: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
