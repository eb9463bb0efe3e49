import { Markup, markup } from '../markup';

/** Enough for the reader to see what it is about; the others are folded. */
const FIRST = 6;

/** A list that does not bury what follows it. */
export function firstOf(entries: readonly Markup[], element: 'ul' | 'dl', className?: 'evidence'): Markup {
  const [begin, end] = [`<${element}${className === undefined ? '' : ` class="${className}"`}>`, `</${element}>`];
  const list = (some: readonly Markup[]) => markup`${new Markup(begin)}${some}${new Markup(end)}
`;
  if (entries.length <= FIRST + 1) return list(entries);
  return markup`${list(entries.slice(0, FIRST))}<details class="more"><summary>${entries.length - FIRST} more</summary>${list(entries.slice(FIRST))}</details>
`;
}
