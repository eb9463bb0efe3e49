import type { ProofItem } from '../../permission-proof/proof';

/** The kinds of resource in the order of the matrices; others follow as they come. */
const FIRST = ['the bucket', 'backups', 'probes', 'search results', 'the key', 'the role', 'no resource'];

/** Every kind of resource that one of the items is about. */
export function shapesOf(items: readonly ProofItem[]): readonly string[] {
  const used = new Set(items.flatMap(({ evidence }) => evidence.on));
  const known = FIRST.filter((shape) => used.has(shape));
  return [...known, ...[...used].filter((shape) => !FIRST.includes(shape))];
}
