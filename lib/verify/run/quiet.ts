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
