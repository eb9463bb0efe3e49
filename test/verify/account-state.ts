import { createHash } from 'node:crypto';
import type { SimulatedAccount } from '../../lib/simulated-aws';

/**
 * Everything that the account holds in every region, byte for byte, except for sessions and for the key that AWS makes
 * on the first use of SSE-KMS.
 */
export function stateOf({ accounts }: SimulatedAccount): string {
  const states = accounts.accountIds.flatMap((accountId) =>
    accounts.regions.flatMap((region) => accounts.find(accountId, region) ?? []),
  );
  const [first] = states;
  if (first === undefined) throw new Error('there is no account');
  const { accessKeys: _sessions, ...iam } = first.iam;
  const kms = states.map(({ region, kms: { keys, aliases, ...rest } }) => ({
    region,
    keys: customerKeys(keys),
    aliases: [...aliases].filter(([name]) => !name.startsWith('alias/aws/')),
    ...rest,
  }));
  const buckets = [...first.s3.buckets.values()].map(({ objects, ...bucket }) => ({
    ...bucket,
    versions: objects.versions,
  }));
  return JSON.stringify({ iam, kms, buckets }, readable, 1);
}

function customerKeys(keys: ReadonlyMap<string, { readonly manager: string }>) {
  return [...keys].filter(([, key]) => key.manager === 'CUSTOMER');
}

/** Maps as their entries, and bytes as their sum, before JSON writes five megabytes out as thirty. */
function readable(_name: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  if (Array.isArray(value)) return value.map(summed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, summed(one)]));
}

function summed(value: unknown): unknown {
  return Buffer.isBuffer(value) ? createHash('sha256').update(value).digest('hex') : value;
}
