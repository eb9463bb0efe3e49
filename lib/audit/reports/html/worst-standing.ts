import type { Finding } from '../../report/audit-report';
import { STANDINGS, type Standing, standingOf } from '../standing';

/** The standing of several findings as one: the first in reading order; undefined when there are none. */
export function worstStanding(findings: readonly Finding[]): Standing | undefined {
  const standings = new Set(findings.map(standingOf));
  return STANDINGS.find((standing) => standings.has(standing));
}
