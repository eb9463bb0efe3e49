import { isDeepStrictEqual } from 'node:util';
import type { AuditReport } from '../report/audit-report';
import { countsOf, verdictOf } from '../report/verdict';
import { failFor } from '../rule-kit/gathered';
import { pass } from '../rule-kit/outcome';
import type { Outcome } from '../rule-kit/rule';

const AT = 'baseline';

/** Whether somebody can have approved the baseline as it is: it passed, it is not of tomorrow, and it agrees with itself. */
export function baselineSoundness(baseline: AuditReport, report: AuditReport): Outcome {
  const { verdict, counts, findings, asOf, catalogue } = baseline;
  const agrees = verdict === verdictOf(findings) && isDeepStrictEqual(counts, countsOf(findings));
  const problems = [
    ...(verdict === 'fail' ? ['it is of an audit that failed'] : []),
    ...(asOf !== undefined && report.asOf !== undefined && asOf > report.asOf
      ? [`it is as of ${asOf}, after the day of this audit, ${report.asOf}`]
      : []),
    ...(asOf === undefined || isDay(asOf) ? [] : [`its day ${asOf} does not exist, so somebody has edited it`]),
    ...(findings.some(({ waiver }) => asOf !== undefined && waiver?.source === 'file' && waiver.expires < asOf)
      ? ['a waiver in it had ended before its day, so somebody has edited it']
      : []),
    ...(agrees ? [] : ['its verdict and counts do not follow from its findings, so somebody has edited it']),
  ];
  if (problems.length > 0) return failFor(AT, problems);
  const isOfOther = catalogue.version !== report.catalogue.version || catalogue.name !== report.catalogue.name;
  const said = [
    verdict === 'pass' ? 'it passed' : 'it left something undecided',
    ...(asOf === undefined ? ['it names no day'] : []),
    isOfOther ? 'it is of another list of actions; both sides were asked anew' : 'it agrees with itself',
  ];
  const evidence = [{ at: 'baseline: catalogue', value: `${catalogue.name} ${catalogue.version}` }];
  return pass(AT, said.join(', '), evidence);
}

/** A day that a month does not have is taken for one of the next month. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
