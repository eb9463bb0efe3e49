/**
 * Control characters that no format may hold, lone surrogates, and the marks that turn the direction of text around: a
 * name with one of them would read as another name.
 *
 * @see https://www.w3.org/TR/xml/#charsets
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** The text on one line, each character of which can be seen; what cannot be is shown as U+FFFD. */
export function visible(text: string): string {
  return text.replaceAll(/[\t\n\r]+/g, ' ').replaceAll(UNSEEN, '\ufffd');
}

/** The same for text of several lines, which stay as they are. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
