import type { Lead, Trail } from './leads';
import type { SoleWithin } from './reach';

/** The one thing that an expression is about; a local value, of several things in reach, may be of any. */
export function leadOf(
  trail: Trail,
  type: string | undefined,
  soleWithin: SoleWithin,
): (Lead & { readonly isAssumed?: boolean }) | undefined {
  const { leads, hiddenIn, isOpen } = trail;
  if (hiddenIn.length === 0) return onlyLead(trail);
  const sole = type === undefined ? undefined : soleWithin(hiddenIn, type);
  if (sole === undefined || isOpen) return undefined;
  if (leads.length === 0) return sole;
  const lead = onlyLead(trail);
  return lead?.address === sole.address ? { ...lead, isAssumed: sole.isAssumed } : undefined;
}

/** The one thing that a trail leads to; undefined where it is open, or of several. */
export function onlyLead({ leads, isOpen }: Trail): Lead | undefined {
  const unique = new Map(leads.map((lead) => [JSON.stringify([lead.address, lead.attribute]), lead]));
  return unique.size === 1 && !isOpen ? [...unique.values()][0] : undefined;
}
