/**
 * The JSON object in what a tool printed: its lines without the warnings and notices before and after it.
 * Text without such lines, or without an object, comes back as it is.
 *
 * OpenTofu warns on standard output about its CLI configuration, also where it was asked for JSON.
 */
export function jsonObjectIn(output: string): string {
  if (isOneObject(output.trim())) return output;
  const lines = output.split('\n');
  const first = lines.findIndex((line) => line.startsWith('{'));
  if (first === -1) return output;
  const rest = lines.slice(first).join('\n');
  return objectAtTheStartOf(rest) ?? output;
}

/** As tools lay it out: on one line, or with its last brace on a line of its own. */
function isOneObject(text: string): boolean {
  return text.startsWith('{') && (text.endsWith('\n}') || (text.endsWith('}') && !text.includes('\n')));
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}]/g;

/** Up to the brace that ends what the first one begins. */
function objectAtTheStartOf(text: string): string | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') depth += 1;
    else if (token === '}') depth -= 1;
    if (depth === 0 && token === '}') return text.slice(0, index + 1);
  }
  return undefined;
}
