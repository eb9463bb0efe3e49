import { visible } from '../../visible';

/** How a block of text is laid out. */
export interface Layout {
  /** Width of the whole line in characters. */
  readonly columns: number;
  /** Printed before the first line; the others are indented by its width. */
  readonly lead: string;
}

const NARROWEST_TEXT = 20;

/**
 * Breaks text at spaces so that it fits beside its lead; a word that is longer than a line stays whole.
 *
 * Text from a config or an answer cannot steer the terminal.
 */
export function wrap(text: string, { columns, lead }: Layout): readonly string[] {
  const room = Math.max(NARROWEST_TEXT, columns - lead.length);
  const lines: string[] = [];
  for (const word of visible(text)
    .split(/\s+/)
    .filter((one) => one !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return (lines.length === 0 ? [''] : lines).map((line, index) =>
    `${index === 0 ? lead : ' '.repeat(lead.length)}${line}`.trimEnd(),
  );
}
