/**
 * Control characters that no format may hold, lone surrogates, the marks that turn the direction of text around, and
 * what takes no room at all: a name with one of them would read as another name.
 *
 * @see https://www.w3.org/TR/xml/#charsets
 * @see https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\ufffe\uffff]/gu;

/**
 * Commands that a build server takes from what a program prints: of some anywhere, of GitHub at the start of a line, which
 * any word may come to be where lines are broken.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * @see https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
 * @see https://www.jetbrains.com/help/teamcity/service-messages.html
 */
const COMMAND = /(?<=#)(?=#[\w.-]*\[)|(?<![^\s'"`(])(?=::)/g;

/**
 * The text on one line, each character of which can be seen; what cannot be is shown as U+FFFD, which also stands in what
 * would be a command to a build server.
 */
export function visible(text: string): string {
  return text
    .replaceAll(/[\t\n\r]+/g, ' ')
    .replaceAll(UNSEEN, '\ufffd')
    .replaceAll(COMMAND, '\ufffd');
}

/** Whether the text is one line, each character of which can be seen. */
export function isVisible(text: string): boolean {
  return text.search(/[\t\n\r]/) < 0 && text.search(UNSEEN) < 0;
}

/** The text with its lines as they are, and visible. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** The document with every text in it on one line, and visible. */
export function visibleThroughout<Document>(document: Document): Document {
  return seen(document) as Document;
}

function seen(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(seen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, seen(one)]));
}

/** The breaks between the lines of JSON stay. */
const UNSEEN_IN_JSON = new RegExp(`${UNSEEN.source}(?<!\\n)`, UNSEEN.flags);
/** Nothing of it is in ASCII but control characters, which JSON writes as escapes, all but one. */
const BEYOND_ASCII = /[^\n -~]/;

/** A line of JSON never begins with a text. */
const COMMAND_IN_JSON = /(?<=#)#(?=[\w.-]*\[)/g;

/** JSON of the same value, in which what cannot be seen is written as an escape. */
export function visibleJson(document: unknown): string {
  const text = JSON.stringify(document, null, 2);
  const seen = BEYOND_ASCII.test(text) ? text.replaceAll(UNSEEN_IN_JSON, escaped) : text;
  // A look for two characters takes a tenth of that for a pattern.
  return `${seen.includes('##') ? seen.replaceAll(COMMAND_IN_JSON, escaped) : seen}\n`;
}

function escaped(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
