import type { Finding } from '../report/audit-report';
import { isLoss } from './acceptance';
import { flawOf, toApplied, type WaiverEntry } from './waiver';
import { waiverFinding } from './waiver-findings';

/**
 * Puts waivers on the failures and doubts that they name, but for losses, which have to be accepted as such. An entry that is expired, that nobody answers for or that
 * waives nothing becomes a failure of its own, which nothing waives.
 */
export function applyWaivers(
  findings: readonly Finding[],
  entries: readonly WaiverEntry[],
  asOf: string,
): readonly Finding[] {
  const isOpen = (one: Finding) =>
    (one.result === 'fail' || one.result === 'unknown') && one.waiver === undefined && !isLoss(one);
  const sound = new Map(entries.filter((one) => flawOf(one, asOf) === undefined).map((one) => [one.target, one]));
  const waived = findings.map((finding): Finding => {
    const entry = isOpen(finding) ? sound.get(finding.id) : undefined;
    return entry === undefined ? finding : { ...finding, waiver: toApplied(entry) };
  });
  const open = new Set(findings.filter(isOpen).map(({ id }) => id));
  return [...waived, ...problemsOf(entries, ({ target }) => open.has(target), asOf)];
}

/** One failure for each entry that does not count, or that nothing needs. */
export function problemsOf(
  entries: readonly WaiverEntry[],
  isNeeded: (entry: WaiverEntry) => boolean,
  asOf: string,
): readonly Finding[] {
  return entries.flatMap((entry, index) => {
    const isFirst = entries.findIndex(({ target }) => target === entry.target) === index;
    const flaw = flawOf(entry, asOf) ?? (isFirst ? undefined : 'repeated') ?? (isNeeded(entry) ? undefined : 'unused');
    return flaw === undefined ? [] : [waiverFinding(entry, flaw)];
  });
}
