/** Rows in columns, two spaces apart; a row that is not measured stands as it is and widens no column. */
export function inColumns(
  rows: readonly (readonly string[])[],
  isMeasured: (row: readonly string[]) => boolean = () => true,
): readonly string[] {
  const measured = rows.filter(isMeasured);
  const widthOf = (column: number) => Math.max(0, ...measured.map((row) => (row[column] ?? '').length));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widthOf(column)))
      .join('  ')
      .trimEnd(),
  );
}

/** The lines under a title; nothing where there are none. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

/** The sections with an empty line between them; it ends with a line feed. */
export function joinSections(sections: readonly (readonly string[])[]): string {
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}
