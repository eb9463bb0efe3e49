import type { AuditCounts, AuditReport, AuditVerdict, Finding } from './audit-report';

/** A failure outweighs a doubt, and a doubt a pass; what is waived decides nothing. */
export function verdictOf(findings: readonly Finding[]): AuditVerdict {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  if (open.some(({ result }) => result === 'fail')) return 'fail';
  return open.some(({ result }) => result === 'unknown') ? 'unknown' : 'pass';
}

/** The day behind every verdict: as of another one, waivers may hold that have ended, or will. */
export function onDay({ asOf }: Pick<AuditReport, 'asOf'>): string {
  return asOf === undefined ? '' : ` as of ${asOf}`;
}

/** A waived finding counts as waived, whatever its result; a doubt that hangs on another finding does not count. */
export function countsOf(all: readonly Finding[]): AuditCounts {
  const findings = all.filter(({ hangsOn }) => hangsOn === undefined);
  const count = (is: (finding: Finding) => boolean) => findings.filter(is).length;
  const ofResult = (result: Finding['result']) => count((one) => one.waiver === undefined && one.result === result);
  return {
    pass: ofResult('pass'),
    fail: ofResult('fail'),
    unknown: ofResult('unknown'),
    'not-applicable': ofResult('not-applicable'),
    inherited: ofResult('inherited'),
    waived: count(({ waiver }) => waiver !== undefined),
    total: findings.length,
  };
}
