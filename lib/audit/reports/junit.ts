import { describeTool } from '../../tool';
import type { Proof, ProofItem } from '../permission-proof/proof';
import type { AuditReport, Finding } from '../report/audit-report';
import { type JunitTestcase, type JunitTestsuite, type JunitTrouble, junitText } from './junit-text';
import { type Content, markup } from './markup';
import { standingOf, waiverTerm } from './standing';

/**
 * The report for a build server: a suite of the findings, and one of the claims of the permission proof.
 *
 * An undecided finding is an error; one that is waived, inherited or not applicable is skipped.
 */
export function renderJunit(report: AuditReport): string {
  const suites = [findingSuite(report), ...(report.proof === undefined ? [] : [proofSuite(report.proof)])];
  return junitText('vault-env audit', suites);
}

function findingSuite({ environment, findings, verdict, asOf, tool, catalogue, inputs }: AuditReport): JunitTestsuite {
  const properties = [
    { name: 'verdict', value: verdict },
    ...(asOf === undefined ? [] : [{ name: 'as-of', value: asOf }]),
    { name: 'tool', value: describeTool(tool) },
    { name: 'catalogue', value: `${catalogue.name} ${catalogue.version}` },
    ...inputs.map(({ kind, name, sha256 }) => ({ name: kind, value: `${name} sha256:${sha256}` })),
  ];
  return { name: `${environment}: findings`, properties, cases: findings.map(findingCase) };
}

function findingCase(finding: Finding): JunitTestcase {
  const { rule, title, resource } = finding;
  return { classname: rule, name: `${title}: ${resource}`, trouble: troubleOf(finding) };
}

function troubleOf(finding: Finding): JunitTrouble | undefined {
  const { result, detail, waiver } = finding;
  switch (standingOf(finding)) {
    case 'pass':
      return undefined;
    case 'fail':
      return { kind: 'failure', type: 'fail', message: detail, text: textOf(finding) };
    case 'unknown':
      return { kind: 'error', type: 'unknown', message: detail, text: textOf(finding) };
    case 'waived': {
      const terms = waiver && `waived by ${waiver.owner}, ${waiverTerm(waiver)}: ${waiver.reason}`;
      return { kind: 'skipped', type: 'waived', message: `${detail} (${terms})` };
    }
    default:
      return { kind: 'skipped', type: result, message: detail };
  }
}

function textOf({ evidence, remedy }: Finding): Content {
  return [...evidence.map(({ at, value }) => markup`${at}: ${value}\n`), `Remedy: ${remedy}`];
}

function proofSuite({ environment, items }: Proof): JunitTestsuite {
  return { name: `${environment}: permission proof`, cases: items.map(claimCase) };
}

function claimCase({ id, kind, title, result, evidence }: ProofItem): JunitTestcase {
  if (result !== 'fail' && result !== 'unknown') return { classname: kind, name: title };
  const trouble = { type: kind, message: evidence.problem ?? '', text: id };
  return { classname: kind, name: title, trouble: { kind: result === 'fail' ? 'failure' : 'error', ...trouble } };
}
