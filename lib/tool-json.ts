/**
 * The JSON object in what a tool printed: its lines without the warnings and notices before and after it.
 * Text without such lines, or without an object, comes back as it is.
 *
 * OpenTofu warns on standard output about its CLI configuration, also where it was asked for JSON.
 */
export function jsonObjectIn(output: string): string {
  const text = output.trim();
  if (text.startsWith('{') && text.endsWith('}')) return output;
  const lines = output.split('\n');
  const first = lines.findIndex((line) => line.startsWith('{'));
  const last = lines.findLastIndex((line) => line.trimEnd().endsWith('}'));
  return first === -1 || last < first ? output : lines.slice(first, last + 1).join('\n');
}
