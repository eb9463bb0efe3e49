import type { AppliedWaiver } from '../report/audit-report';
import type { WaiversFile } from './schema';

/** Something that a file of waivers asks for. */
export interface WaiverEntry {
  /** Where it stands, as in `waivers.yaml: waivers.0`. */
  readonly at: string;
  /** The finding that it waives, or what it accepts: access or losses, in which `*` stands for any text. */
  readonly target: string;
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  readonly expires?: string | undefined;
}

/** The entries of a file that are for this environment. */
export interface WaiverEntries {
  readonly waivers: readonly WaiverEntry[];
  readonly access: readonly WaiverEntry[];
  readonly losses: readonly WaiverEntry[];
}

export const NO_ENTRIES: WaiverEntries = { waivers: [], access: [], losses: [] };

export function entriesFor(environment: string, { waivers, accept }: WaiversFile, file: string): WaiverEntries {
  const isMeant = (one: { readonly environment?: string | undefined }) =>
    (one.environment ?? environment) === environment;
  const locate = <Entry extends object>(entries: readonly Entry[], list: string) =>
    entries.map((entry, index) => ({ ...entry, at: `${file}: ${list}.${index}` }));
  const accepted = locate(accept, 'accept').filter(isMeant);
  return {
    waivers: locate(waivers, 'waivers')
      .filter(isMeant)
      .map(({ rule, resource, ...entry }) => ({ ...entry, target: `${rule}/${resource}` })),
    access: accepted.flatMap(({ access, loss: _loss, ...entry }) =>
      access === undefined ? [] : [{ ...entry, target: access }],
    ),
    losses: accepted.flatMap(({ access: _access, loss, ...entry }) =>
      loss === undefined ? [] : [{ ...entry, target: loss }],
    ),
  };
}

/** The reason why an entry does not count; `undefined` when it does. */
export function flawOf(
  { reason, owner, expires }: WaiverEntry,
  asOf: string,
): 'incomplete' | 'expired' | 'endless' | undefined {
  if (reason === undefined || owner === undefined || expires === undefined) return 'incomplete';
  if (expires < asOf) return 'expired';
  return expires > twoYearsAfter(asOf) ? 'endless' : undefined;
}

/** Nobody remembers for longer why a waiver was given. */
function twoYearsAfter(day: string): string {
  return `${Number(day.slice(0, 4)) + 2}${day.slice(4)}`;
}

export function toApplied({ reason = '', owner = '', expires = '' }: WaiverEntry): AppliedWaiver {
  return { reason, owner, expires, source: 'file' };
}
