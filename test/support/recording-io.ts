import type { Io } from '../../lib/cli/io';

/** An Io that keeps what is written to each channel. */
export interface RecordingIo extends Io {
  readonly results: () => string;
  readonly notes: () => string;
}

export function recordingIo(traits: Partial<Pick<Io, 'isTerminal' | 'columns' | 'useColour'>> = {}): RecordingIo {
  let results = '';
  let notes = '';
  return {
    isTerminal: false,
    columns: 80,
    useColour: false,
    ...traits,
    result: (text) => {
      results += text;
    },
    note: (text) => {
      notes += text;
    },
    results: () => results,
    notes: () => notes,
  };
}
