import { describeTool } from '../../tool';
import type { Proof, ProofItem } from '../permission-proof/proof';
import type { AuditReport, Finding } from '../report/audit-report';
import { type Markup, markup } from './markup';
import { standingOf } from './standing';
import { waiverTerm } from './waiver-term';

/**
 * The report for a build server: a suite of the findings, and one of the claims of the permission proof.
 *
 * An undecided finding is an error; one that is waived, inherited or not applicable is skipped.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function renderJunit(report: AuditReport): string {
  const suites = [findingSuite(report), ...(report.proof === undefined ? [] : [proofSuite(report.proof)])];
  const { text } = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="vault-env audit">
${suites}</testsuites>
`;
  return text;
}

function findingSuite({ environment, findings, verdict, asOf, tool, catalogue, inputs }: AuditReport): Markup {
  const standings = findings.map(standingOf);
  const count = (...wanted: readonly string[]) => standings.filter((standing) => wanted.includes(standing)).length;
  const properties = [
    { name: 'verdict', value: verdict },
    ...(asOf === undefined ? [] : [{ name: 'as-of', value: asOf }]),
    { name: 'tool', value: describeTool(tool) },
    { name: 'catalogue', value: `${catalogue.name} ${catalogue.version}` },
    ...inputs.map(({ kind, name, sha256 }) => ({ name: kind, value: `${name} sha256:${sha256}` })),
  ];
  return markup`  <testsuite name="${environment}: findings" tests="${findings.length}" failures="${count('fail')}" errors="${count('unknown')}" skipped="${count('waived', 'inherited', 'not-applicable')}">
    <properties>
${properties.map(({ name, value }) => markup`      <property name="${name}" value="${value}"/>\n`)}    </properties>
${findings.map(findingCase)}  </testsuite>
`;
}

function findingCase(finding: Finding): Markup {
  const { rule, title, resource } = finding;
  return markup`    <testcase classname="${rule}" name="${title}: ${resource}">${outcomeOf(finding)}</testcase>
`;
}

function outcomeOf(finding: Finding): Markup | undefined {
  const { detail, remedy, waiver } = finding;
  switch (standingOf(finding)) {
    case 'pass':
      return undefined;
    case 'fail':
      return markup`<failure type="fail" message="${detail}">${evidenceOf(finding)}Remedy: ${remedy}</failure>`;
    case 'unknown':
      return markup`<error type="unknown" message="${detail}">${evidenceOf(finding)}Remedy: ${remedy}</error>`;
    case 'waived': {
      const terms = waiver && `waived by ${waiver.owner}, ${waiverTerm(waiver)}: ${waiver.reason}`;
      return markup`<skipped type="waived" message="${detail} (${terms})"/>`;
    }
    default:
      return markup`<skipped type="${finding.result}" message="${detail}"/>`;
  }
}

function evidenceOf({ evidence }: Finding): readonly Markup[] {
  return evidence.map(({ at, value }) => markup`${at}: ${value}\n`);
}

function proofSuite({ environment, items, counts }: Proof): Markup {
  return markup`  <testsuite name="${environment}: permission proof" tests="${counts.total}" failures="${counts.fail}" errors="${counts.unknown ?? 0}" skipped="0">
${items.map(claimCase)}  </testsuite>
`;
}

function claimCase({ id, kind, title, result, evidence }: ProofItem): Markup {
  const trouble =
    result === 'fail'
      ? markup`<failure type="${kind}" message="${evidence.problem}">${id}</failure>`
      : result === 'unknown'
        ? markup`<error type="${kind}" message="${evidence.problem}">${id}</error>`
        : undefined;
  return markup`    <testcase classname="${kind}" name="${title}">${trouble}</testcase>
`;
}
