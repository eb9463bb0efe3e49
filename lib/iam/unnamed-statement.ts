/** What a statement without a Sid is called, by its place in the document. */
export function unnamedStatement(index: number): string {
  return `statement ${index + 1} (no Sid)`;
}

export function isUnnamed(id: string): boolean {
  return /^statement \d+ \(no Sid\)$/.test(id);
}
