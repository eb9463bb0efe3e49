import { type BenchRow, isMet, median } from './row';

const HEAD = ['row', 'ours', 'ratio', 'spread', 'beside', 'goal', 'met'];
const NONE = '-';

/** The table for people; beside an earlier one, also how the medians have moved since. */
export function renderTable(rows: readonly BenchRow[], earlier?: readonly BenchRow[]): string {
  const head = earlier === undefined ? HEAD : [...HEAD, 'ours then', 'ratio then'];
  const cells = rows.map((row) => [...cellsOf(row), ...(earlier === undefined ? [] : cellsThen(row, earlier))]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)));
  return [head, ...cells]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(row: BenchRow): readonly string[] {
  const { title, ratios, beside, goal } = row;
  const spread = ratios.length === 0 ? NONE : `${figure(Math.min(...ratios))} to ${figure(Math.max(...ratios))}`;
  return [title, valueText(row), ratioText(row), spread, beside ?? NONE, goalText(goal), metText(isMet(row))];
}

function cellsThen({ title }: BenchRow, earlier: readonly BenchRow[]): readonly string[] {
  const then = earlier.find((row) => row.title === title);
  return then === undefined ? [NONE, NONE] : [valueText(then), ratioText(then)];
}

function valueText({ value, unit }: BenchRow): string {
  return `${figure(value)} ${unit}`;
}

function ratioText({ ratios }: BenchRow): string {
  return ratios.length === 0 ? NONE : figure(median(ratios));
}

function goalText(goal: BenchRow['goal']): string {
  if (goal === undefined) return NONE;
  return 'atLeast' in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
}

function metText(met: boolean | undefined): string {
  if (met === undefined) return NONE;
  return met ? 'yes' : 'NO';
}

/** Three digits that mean something. */
function figure(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
