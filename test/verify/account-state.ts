import { createHash } from 'node:crypto';
import type { SimulatedAccount } from '../../lib/simulated-aws';

/** Everything that the account holds, except for sessions and for the key that AWS makes on the first use of SSE-KMS. */
export function stateOf({ state }: SimulatedAccount): string {
  const { accessKeys: _sessions, ...iam } = state.iam;
  const keys = [...state.kms.keys.values()].filter((key) => key.manager === 'CUSTOMER');
  const buckets = [...state.s3.buckets.values()].map(({ objects, ...bucket }) => ({
    ...bucket,
    versions: objects.versions,
  }));
  return JSON.stringify({ iam, keys, buckets }, readable, 1);
}

/** Maps as their entries, and bytes as their sum: written out, five megabytes would be thirty. */
function readable(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const original = this[name];
  if (Buffer.isBuffer(original)) return createHash('sha256').update(original).digest('hex');
  return value instanceof Map ? [...value] : value;
}
