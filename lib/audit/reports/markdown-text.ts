import { visible } from '../../visible';

/** A code host makes mentions and references even of what is escaped; a comment inside keeps it from that. */
const MENTION = /([@#])(?=\w)/g;

/**
 * The text on one line of Markdown, to be read as it is: no markup, no link, no mention, no end of a table's cell.
 *
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function markdownText(text: string): string {
  return visible(text)
    .replaceAll(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replaceAll('//', '/<!-- -->/')
    .replaceAll(/\bwww\./gi, '$&<!-- -->')
    .replaceAll(MENTION, '$1<!-- -->');
}

/**
 * The text as code. The fence is longer than any run of backticks in it.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export function markdownCode(text: string): string {
  const line = visible(text).replaceAll('|', '\\|');
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const space = runs.length > 0 || line.trim() === '' ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}
