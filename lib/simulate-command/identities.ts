import { UsageError } from '../errors';
import type { Identity, Simulation } from './simulation';

/**
 * Somebody of the simulation, by a short name.
 *
 * @param name `administrator`, `role` or `host`; with a colon and an account or environment, the one in there
 * @throws {UsageError} `BadArguments`, with every name that there is
 */
export function findIdentity(simulation: Simulation, name: string): Identity {
  const identities = identitiesOf(simulation);
  const found = identities.get(name);
  if (found !== undefined) return found;
  throw new UsageError('BadArguments', `'--as' must be one of ${[...identities.keys()].join(', ')}, got: ${name}`);
}

/** The first of a kind has the kind's name as well. */
function identitiesOf({ accounts, hosts }: Simulation): ReadonlyMap<string, Identity> {
  const all: readonly (readonly [string, string, Identity | undefined])[] = [
    ...accounts.map(({ accountId, administrator }) => ['administrator', accountId, administrator] as const),
    ...hosts.map(({ environment, accountId, role }) => ['role', environment ?? accountId, role] as const),
    ...hosts.map(({ environment, accountId, onHost }) => ['host', environment ?? accountId, onHost] as const),
  ];
  const named = new Map<string, Identity>();
  for (const [kind, place, identity] of all) {
    if (identity === undefined) continue;
    if (!named.has(kind)) named.set(kind, identity);
    named.set(`${kind}:${place}`, identity);
  }
  return named;
}
