/** Something that a run did, or did not do, and that a person may want to know. */
export interface SynthesisNote {
  readonly kind: 'left' | 'overwrote' | 'removed' | 'skipped';
  readonly path: string;
  readonly because: string;
}

export type OnNote = (note: SynthesisNote) => void;
