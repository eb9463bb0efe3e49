const MAX_LINES = 24;

/**
 * Terraform's own account of what went wrong: its `Error:` blocks without the frame around them, at most one screen.
 *
 * Warnings before the first error are left out. Output without such a block gives its last lines.
 */
export function errorBlock(output: string): string {
  const lines = output.split('\n').map(withoutFrame);
  const start = lines.findIndex((line) => /^\s*Error: /.test(line));
  const text = start < 0 ? lines.slice(-MAX_LINES) : lines.slice(start);
  return firstScreen(withoutRepeatedBlanks(text));
}

function withoutFrame(line: string): string {
  return line.replace(/^[╷│╵] ?/, '').trimEnd();
}

function withoutRepeatedBlanks(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
}

function firstScreen(lines: readonly string[]): string {
  const shown = lines.slice(0, MAX_LINES);
  const rest = lines.slice(MAX_LINES).filter((line) => line !== '').length;
  return [...shown, ...(rest > 0 ? [`… (${rest} more lines)`] : [])].join('\n').trim();
}
