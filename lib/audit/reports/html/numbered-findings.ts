import type { Finding } from '../../report/audit-report';
import { byStanding } from '../standing';

/** The findings in reading order, each with the anchor that other parts of the page link to. */
export interface NumberedFinding {
  readonly anchor: string;
  readonly finding: Finding;
}

export function numberFindings(findings: readonly Finding[]): readonly NumberedFinding[] {
  const ordered = byStanding(findings).flatMap(([, found]) => found);
  return ordered.map((finding, index) => ({ anchor: `finding-${index + 1}`, finding }));
}
