import { inColumns } from './text-layout';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours, which take no room
const COLOURS = /\u001b\[\d+m/g;
/** What a person copies stays in one piece. */
const COMMAND = /^\s*(\$ )?(terraform|tofu|npx|npm|vault-env|aws|node|openssl|sh|cp) /;
const INDENT = /^ */;
const LABEL = /^ *\S+ {2,}/;

const widthOf = (text: string) => text.replace(COLOURS, '').length;

/**
 * Breaks the lines of a text that are too long at spaces; what continues stands below what it continues.
 * A word that is longer than a line, and a command, stay whole.
 */
export function fitLines(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (widthOf(line) <= columns || COMMAND.test(line) ? [line] : fitLine(line, columns)))
    .join('\n');
}

function fitLine(line: string, columns: number): readonly string[] {
  const { lead, below } = leadOf(line, columns);
  const fitted: string[] = [];
  let current = lead;
  for (const [, gap = '', word = ''] of line.slice(lead.length).matchAll(/( *)(\S+)/g)) {
    const isFirst = current === lead && fitted.length === 0;
    if (isFirst || widthOf(current) + gap.length + widthOf(word) <= columns) current += `${isFirst ? '' : gap}${word}`;
    else {
      fitted.push(current);
      current = `${below}${word}`;
    }
  }
  return [...fitted, current];
}

/** What stands before the text of a line, and before what continues it: a label gets room of its own. */
function leadOf(line: string, columns: number) {
  const [indent = ''] = INDENT.exec(line) ?? [];
  const [label = ''] = LABEL.exec(line) ?? [];
  const [first = ''] = line.slice(label.length).split(' ');
  const isLabelled = label !== '' && widthOf(label) <= columns / 2 && widthOf(`${label}${first}`) <= columns;
  return isLabelled ? { lead: label, below: ' '.repeat(widthOf(label)) } : { lead: indent, below: `${indent}  ` };
}

/** A table, or where that is wider than the columns a paragraph for each row. A row that ends early is told in full. */
export function fitTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): readonly string[] {
  const isWhole = ({ length }: readonly string[]) => length === heads.length;
  const table = inColumns([heads, ...rows], isWhole);
  const isWide = table.some((line, index) => line.length > columns && isWhole(rows[index - 1] ?? heads));
  return isWide ? rows.flatMap((cells) => paragraphOf(heads, cells)) : table;
}

function paragraphOf(heads: readonly string[], cells: readonly string[]): readonly string[] {
  const [name = '', ...rest] = cells;
  if (cells.length < heads.length) return [name, ...rest.map((cell) => `    ${cell}`)];
  const width = Math.max(...heads.slice(1).map((head) => head.length));
  return [name, ...rest.map((cell, index) => `    ${(heads[index + 1] ?? '').padEnd(width)}  ${cell}`)];
}
