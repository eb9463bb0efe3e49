import type { Catalogue } from '../../catalogue';
import { onceForEach } from '../once-for-each';
import type { Proof } from '../permission-proof/proof';
import { type ProofInput, provePermissions } from '../permission-proof/prove';
import { noteFitting } from '../permission-proof/valid-policies';
import { type Shape, shapeOf } from './shape';

/** Shapes that are kept; the oldest goes. */
const MOST_SHAPES = 64;
/** One in so many environments of a shape is proven all the same. */
const CHECKED_ONE_IN = 50;

const DIFFERS = 'differs';

/** Everything known about one shape. */
interface ShapeRecord {
  /** The first environment of the shape, which was proven itself. */
  readonly first: { readonly shape: Shape; readonly proof: Proof };
  /** The proof with placeholders, as JSON; `differs` where it does not come out as that of the first did. */
  shared?: string;
  uses: number;
}

const recordsOf = onceForEach((_: Catalogue) => new Map<string, ShapeRecord>());

/**
 * Proves an environment's policies; environments that differ in names alone share one proof.
 *
 * The first of a shape is proven itself. With the second the shape is proven, with placeholders, and the proof is shared
 * only if it is that of the first but for the names.
 *
 * @throws {ToolkitError} as `provePermissions`
 */
export function proveByShape(input: ProofInput): Proof {
  const { policies, catalogue } = input;
  const shape = shapeOf(policies, catalogue);
  if (shape === undefined) return provePermissions(input);
  const records = recordsOf(catalogue);
  const record = records.get(shape.key);
  if (record === undefined) {
    const proof = provePermissions(input);
    remember(records, shape, proof);
    return proof;
  }
  record.shared ??= proveShape(record.first, catalogue);
  if (record.shared === DIFFERS) return provePermissions(input);
  const proof = shape.named(record.shared);
  noteFitting(policies, proof, catalogue);
  record.uses++;
  if (record.uses % CHECKED_ONE_IN === 0) requireSame(proof, provePermissions(input));
  return proof;
}

function proveShape({ shape, proof }: ShapeRecord['first'], catalogue: Catalogue): string {
  const shared = JSON.stringify(provePermissions({ policies: shape.policies, catalogue }));
  return JSON.stringify(shape.named(shared)) === JSON.stringify(proof) ? shared : DIFFERS;
}

function remember(records: Map<string, ShapeRecord>, shape: Shape, proof: Proof): void {
  const [oldest] = records.keys();
  if (records.size >= MOST_SHAPES && oldest !== undefined) records.delete(oldest);
  records.set(shape.key, { first: { shape, proof }, uses: 0 });
}

/** A shared proof that is not the environment's own would be a defect; nothing may be built on it. */
function requireSame(shared: Proof, proven: Proof): void {
  if (JSON.stringify(shared) === JSON.stringify(proven)) return;
  throw new Error(`the proof that '${proven.environment}' shares with others is not its own`);
}
