import type { AppliedWaiver, Finding } from '../report/audit-report';

/** How a finding counts: as its result, or as waived. */
export type Standing = 'fail' | 'unknown' | 'waived' | 'pass' | 'inherited' | 'not-applicable';

/** In the order in which a reader wants them. */
export const STANDINGS: readonly Standing[] = ['fail', 'unknown', 'waived', 'pass', 'inherited', 'not-applicable'];

/** The word for each, after a number. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  fail: 'failed',
  unknown: 'could not be decided',
  waived: 'waived',
  pass: 'passed',
  inherited: 'inherited from the account',
  'not-applicable': 'not applicable',
};

export function standingOf({ result, waiver }: Finding): Standing {
  return waiver === undefined ? result : 'waived';
}

/** The findings of each standing that there is one of, in reading order. */
export function byStanding(findings: readonly Finding[]): readonly (readonly [Standing, readonly Finding[]])[] {
  return STANDINGS.map(
    (standing) => [standing, findings.filter((one) => standingOf(one) === standing)] as const,
  ).filter(([, found]) => found.length > 0);
}

/** How long a waiver holds; what the environment itself forces has no end. */
export function waiverTerm({ source, expires }: AppliedWaiver): string {
  return source === 'generated' ? 'follows from the environment' : `until ${expires}`;
}
