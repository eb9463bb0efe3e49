import { describeTool } from '../../tool';
import type { AppliedWaiver, AuditReport, BaselineComparison, Finding, VendorComparison } from '../report/audit-report';
import { findingPlace } from '../report/finding-place';
import { onDay } from '../report/verdict';
import { markdownCode as code, markdownText as text } from './markdown-text';
import { markup } from './markup';
import { byStanding, STANDING_WORDS, type Standing, standingOf, waiverTerm } from './standing';

const SIGNS: Readonly<Record<Standing, string>> = {
  fail: '❌ fail',
  unknown: '❔ unknown',
  waived: '➖ waived',
  pass: '✅ pass',
  inherited: '➖ inherited',
  'not-applicable': '➖ not applicable',
};

/** The report as a comment on a pull request: what decides is open, the rest is folded. Ends with a line feed. */
export function renderMarkdown(report: AuditReport): string {
  const sections = [
    headline(report),
    ...openFindings(report.findings),
    ...baselineSection(report.baseline),
    ...proofSection(report),
    ...waivedSection(report.findings),
    ...foldedFindings(report.findings),
    ...vendorSection(report.vendor),
    ...notAssessedSection(report.notAssessed),
    readSection(report),
  ];
  return `${sections.join('\n\n')}\n`;
}

function headline(report: AuditReport): string {
  const { environment, verdict, account, region, findings } = report;
  const counts = byStanding(findings).map(([standing, found]) => `${found.length} ${STANDING_WORDS[standing]}`);
  return [
    `## Audit of ${text(environment)}: ${SIGNS[verdict]}${onDay(report)}`,
    '',
    `Account ${text(account)}, ${text(region)}. ${counts.join(', ') || 'Nothing was found'}.`,
  ].join('\n');
}

function openFindings(findings: readonly Finding[]): readonly string[] {
  const open = byStanding(findings).filter(([standing]) => standing === 'fail' || standing === 'unknown');
  return open.flatMap(([, found]) => found).map(openFinding);
}

function openFinding(finding: Finding): string {
  const { title, resource, detail, remedy, rule, evidence } = finding;
  return [
    `### ${SIGNS[standingOf(finding)]}: ${text(title)}`,
    '',
    `${code(resource)}: ${text(detail)}`,
    '',
    ...evidence.map(({ at, value }) => `- ${code(at)} is ${code(value)}`),
    ...(evidence.length > 0 ? [''] : []),
    `**Remedy:** ${text(remedy)} (rule ${code(rule)}, at ${code(findingPlace(finding))})`,
  ].join('\n');
}

function baselineSection(baseline: BaselineComparison | undefined): readonly string[] {
  if (baseline === undefined) return [];
  const { resources, access, findings } = baseline;
  const rows = [
    ...changes('resource added', resources.added),
    ...changes('resource removed', resources.removed),
    ...changes('resource changed', resources.changed),
    ...changes(
      'access gained',
      (access?.gained ?? []).map(({ id }) => id),
    ),
    ...changes(
      'access lost',
      (access?.lost ?? []).map(({ id }) => id),
    ),
    ...changes('finding gained', findings.gained),
    ...changes('finding lost', findings.lost),
  ];
  const body = rows.length === 0 ? 'Nothing.' : table(['change', 'what'], rows);
  return [`### Since ${text(baseline.baseline)}\n\n${body}`];
}

function changes(kind: string, ids: readonly string[]): readonly (readonly string[])[] {
  return ids.map((id) => [kind, code(id)]);
}

function proofSection({ proof }: AuditReport): readonly string[] {
  if (proof === undefined) return ['### Who can do what\n\nNot proven: the policies could not be read in full.'];
  const { counts, items, verdict } = proof;
  const open = items.filter(({ result }) => result !== 'pass');
  const lines = open.map(({ title, evidence }) => `- ${text(title)}: ${text(evidence.problem ?? '')}`);
  const known = counts.knownActions.toLocaleString('en');
  const summary = `Of ${known} actions that AWS knows, the role can use ${counts.usableActions}. ${counts.pass} of ${counts.total} claims hold.`;
  return [
    [`### Who can do what: ${SIGNS[verdict]}`, '', summary, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n'),
  ];
}

function waivedSection(findings: readonly Finding[]): readonly string[] {
  const rows = findings.flatMap(({ title, resource, waiver }) => {
    return waiver === undefined ? [] : [[text(title), code(resource), ...waiverCells(waiver)]];
  });
  if (rows.length === 0) return [];
  return [`### Waived\n\n${table(['finding', 'resource', 'reason', 'owner', 'term'], rows)}`];
}

function waiverCells(waiver: AppliedWaiver): readonly string[] {
  return [text(waiver.reason), text(waiver.owner), text(waiverTerm(waiver))];
}

function foldedFindings(findings: readonly Finding[]): readonly string[] {
  const quiet = byStanding(findings).filter(([standing]) => !['fail', 'unknown', 'waived'].includes(standing));
  return quiet.map(([standing, found]) => {
    const rows = found.map(({ title, resource, detail }) => [text(title), code(resource), text(detail)]);
    return fold(`${found.length} ${STANDING_WORDS[standing]}`, table(['finding', 'resource', 'detail'], rows));
  });
}

function vendorSection(vendor: VendorComparison | undefined): readonly string[] {
  if (vendor === undefined) return [];
  const list = (actions: readonly string[]) => actions.map(code).join(', ') || 'nothing';
  const lines = [
    `- not granted here: ${list(vendor.notGranted)}`,
    `- only granted here: ${list(vendor.onlyGrantedHere)}`,
  ];
  return [fold(`Compared with ${vendor.policy}`, lines.join('\n'))];
}

function notAssessedSection(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [fold('Not assessed', lines.map((line) => `- ${text(line)}`).join('\n'))];
}

function readSection({ inputs, tool, catalogue }: AuditReport): string {
  const rows = inputs.map(({ kind, name, sha256 }) => [kind, code(name), code(sha256)]);
  const versions = `${text(describeTool(tool))}, ${text(catalogue.name)} ${text(catalogue.version)}`;
  return fold('What was read', `${table(['kind', 'file', 'SHA-256'], rows)}\n\n${versions}`);
}

/** A line of HTML is no Markdown yet, so the summary is escaped as HTML. */
function fold(summary: string, body: string): string {
  return `${markup`<details><summary>${summary}</summary>`.text}\n\n${body}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
