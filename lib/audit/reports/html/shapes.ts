import type { ProofItem } from '../../permission-proof/proof';

/** The kinds of resource in the order of the matrices. */
const SHAPES = ['the bucket', 'backups', 'probes', 'search results', 'the key', 'the role', 'no resource'];
const ANYTHING_ELSE = 'anything else';

/** Every kind of resource that one of the items is about. */
export function shapesOf(items: readonly ProofItem[]): readonly string[] {
  return [...SHAPES, ANYTHING_ELSE].filter((shape) => items.some((item) => isAbout(item, shape)));
}

/** A resource that is none of the environment's stands under its own name. */
export function isAbout({ evidence }: ProofItem, shape: string): boolean {
  return evidence.on.some((one) => one === shape || (shape === ANYTHING_ELSE && !SHAPES.includes(one)));
}
