import type { Finding } from '../report/audit-report';
import { findingPlace } from '../report/finding-place';
import { flawOf, toApplied, type WaiverEntry } from './waiver';

/** Rules whose findings are losses: no waiver counts, only an `accept` entry that names the loss. */
const ABOUT_LOSSES: readonly string[] = ['plan-keeps-data', 'baseline-keeps-data'];

export function isLoss({ rule }: Pick<Finding, 'rule'>): boolean {
  return ABOUT_LOSSES.includes(rule);
}

/** Puts the entries that accept losses on the losses that they name. */
export function acceptLosses(
  findings: readonly Finding[],
  entries: readonly WaiverEntry[],
  asOf: string,
): readonly Finding[] {
  const entryOf = acceptance(entries, asOf);
  return findings.map((finding) => {
    const isOpen = isLoss(finding) && (finding.result === 'fail' || finding.result === 'unknown');
    const entry = isOpen ? entryOf(findingPlace(finding)) : undefined;
    return entry === undefined ? finding : { ...finding, waiver: toApplied(entry) };
  });
}

/** Finds the first entry that counts and fits. */
export function acceptance(entries: readonly WaiverEntry[], asOf: string): (name: string) => WaiverEntry | undefined {
  const sound = entries.filter((one) => flawOf(one, asOf) === undefined);
  return (name) => sound.find(({ target }) => fits(target, name));
}

/** Whether an entry names it; `*` stands for any text, and everything else for itself. */
export function fits(target: string, name: string): boolean {
  const [first = '', ...others] = target.split('*');
  const last = others.pop();
  if (last === undefined) return target === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
