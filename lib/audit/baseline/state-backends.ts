import type { AuditReport } from '../report/audit-report';
import { doubt, fail, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome } from '../rule-kit/rule';

const AT = 'terraform.backend';

/** Whether a state that was shared has become a local file. */
export function compareBackends(baseline: AuditReport, report: AuditReport): Outcome {
  const [was, is] = [backendOf(baseline), backendOf(report)];
  if (was === undefined) return notApplicable(AT, 'the baseline does not say where the state was: approve a new one');
  const evidence = [
    { at: `${AT} before`, value: was },
    { at: `${AT} after`, value: is ?? '(unknown)' },
  ];
  if (was === 'local') return pass(AT, 'the state was a local file already', evidence);
  if (is === undefined)
    return doubt(AT, `the state was in the backend '${was}', and no input says where it is`, evidence);
  return is === 'local'
    ? fail(AT, `the state was in the backend '${was}', and would now be a local file, which is empty`, evidence)
    : pass(AT, `the state is in the backend '${is}'`, evidence);
}

/** Reports of earlier versions have it as evidence only. */
function backendOf({ backend, findings }: AuditReport): string | undefined {
  return backend?.type ?? findings.find(({ rule }) => rule === 'state-backend')?.evidence[0]?.value;
}
