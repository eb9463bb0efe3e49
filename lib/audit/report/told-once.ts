import type { AuditReport, Finding } from './audit-report';

/** The report as it is told to people: what hangs on a finding is named there, and not told again. */
export function toldOnce(report: AuditReport): AuditReport {
  const hanging = report.findings.filter(({ hangsOn }) => hangsOn !== undefined);
  if (hanging.length === 0) return report;
  const findings = report.findings
    .filter(({ hangsOn }) => hangsOn === undefined)
    .map((finding) => withHanging(finding, hanging));
  return { ...report, findings };
}

function withHanging(finding: Finding, hanging: readonly Finding[]): Finding {
  const rules = new Set(hanging.filter(({ hangsOn }) => hangsOn === finding.id).map(({ rule }) => rule));
  if (rules.size === 0) return finding;
  return { ...finding, detail: `${finding.detail}; so these cannot be judged: ${[...rules].join(', ')}` };
}
