/**
 * Where a command writes. A library never prints: it returns values, and reports progress through a callback.
 *
 * Text is written as it is; a line brings its own newline.
 */
export interface Io {
  /** The result, and nothing else: text for people, or one JSON document. */
  readonly result: (text: string) => void;
  /** Everything else: progress, hints, errors. */
  readonly note: (text: string) => void;
  /** Whether notes go to a terminal, so that a line may be redrawn. */
  readonly isTerminal: boolean;
  /** Width of that terminal, in characters. */
  readonly columns: number;
  /** Whether the result may be coloured. */
  readonly useColour: boolean;
}

/** 0: done or clean. 1: it ran and the answer is no. 2: it could not run. */
export type ExitCode = 0 | 1 | 2;
