import type { AuditReport, RecordedBackend } from '../report/audit-report';
import { doubt, fail, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome } from '../rule-kit/rule';
import type { StatePlace } from '../stack/state-place';

const AT = 'terraform.backend';
const NOT_SET = '(not set)';

/** Whether the state is where it was: an empty one makes Terraform make everything a second time. */
export function compareBackends(baseline: AuditReport, report: AuditReport): Outcome {
  const [was, is] = [backendOf(baseline), backendOf(report)];
  if (was === undefined) return notApplicable(AT, 'the baseline does not say where the state was: approve a new one');
  const evidence = [...seen('before', was), ...seen('after', is)];
  if (is === undefined)
    return was.type === 'local'
      ? pass(AT, 'the state was a local file already', evidence)
      : doubt(AT, `the state was in the backend '${was.type}', and no input says where it is`, evidence);
  if (was.type !== is.type) {
    if (was.type === 'local')
      return pass(AT, `the state was a local file, and is in the backend '${is.type}'`, evidence);
    const empty =
      is.type === 'local' ? 'a local file, which is empty' : `in the backend '${is.type}', where there is none`;
    return fail(AT, `the state was in the backend '${was.type}', and would now be ${empty}`, evidence);
  }
  return comparePlaces(was, is, evidence);
}

function comparePlaces(was: RecordedBackend, is: RecordedBackend, evidence: Outcome['evidence']): Outcome {
  const { type } = is;
  if (was.place === undefined || is.place === undefined)
    return pass(AT, `the state is in the backend '${type}'; the baseline does not say where in it`, evidence);
  const others = differencesOf(was.place, is.place);
  const says = others.map(({ name, before, after }) => `${name} ${before}, and would now be in ${name} ${after}`);
  if (others.length === 0) return pass(AT, `the state is where it was, in the backend '${type}'`, evidence);
  const isTold = others.every(({ before, after }) => before !== NOT_SET && after !== NOT_SET);
  return isTold
    ? fail(AT, `the state was in ${says.join('; in ')}, where there is none`, evidence)
    : doubt(AT, `whether the state is where it was is not known: it was in ${says.join('; in ')}`, evidence);
}

function differencesOf(was: StatePlace, is: StatePlace) {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .map((name) => ({ name, before: was[name] ?? NOT_SET, after: is[name] ?? NOT_SET }))
    .filter(({ before, after }) => before !== after);
}

function seen(when: string, backend: RecordedBackend | undefined): Outcome['evidence'] {
  const places = Object.entries(backend?.place ?? {});
  return [
    { at: `${AT} ${when}`, value: backend?.type ?? '(unknown)' },
    ...places.map(([name, value]) => ({ at: `${AT}: ${name} ${when}`, value })),
  ];
}

/** Reports of earlier versions have the kind as evidence only. */
function backendOf({ backend, findings }: AuditReport): RecordedBackend | undefined {
  const type = findings.find(({ rule }) => rule === 'state-backend')?.evidence[0]?.value;
  return backend ?? (type === undefined ? undefined : { type });
}
