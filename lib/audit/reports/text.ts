import { joinSections, section } from '../../text-layout';
import { describeTool } from '../../tool';
import { visibleThroughout } from '../../visible';
import type { AuditReport, ControlIds, Finding, FindingResult } from '../report/audit-report';
import { findingPlace } from '../report/finding-place';
import type { RenderOptions } from './render-options';

type Paint = RenderOptions['paint'];

const TITLES: readonly (readonly [FindingResult, string])[] = [
  ['fail', 'Fails'],
  ['unknown', 'Unknown'],
  ['pass', 'Passes'],
  ['not-applicable', 'Not applicable'],
  ['inherited', 'Inherited from the account'],
];

/** The report for a person. */
export function renderText(given: AuditReport, { paint }: RenderOptions): string {
  const report = visibleThroughout(given);
  const open = report.findings.filter(({ waiver }) => waiver === undefined);
  const waived = report.findings.filter(({ waiver }) => waiver !== undefined);
  const sections = [
    headline(report, paint),
    ...TITLES.map(([result, title]) => {
      const found = open.filter((finding) => finding.result === result);
      return section(
        title,
        result === 'pass' ? passLines(found, paint) : found.flatMap((finding) => findingLines(finding, paint)),
      );
    }),
    section('Waived', waived.flatMap(waivedLines)),
    section('The role', proofLines(report)),
    section('Beside what the vendor documents', vendorLines(report)),
    section(`Since ${report.baseline?.baseline}`, baselineLines(report)),
    section(
      'Not assessed',
      report.notAssessed.map((line) => `  ${line}`),
    ),
    [verdictLine(report, paint)],
  ];
  return joinSections(sections);
}

function headline({ environment, account, region, inputs, tool }: AuditReport, paint: Paint): readonly string[] {
  return [
    paint(`Audit of ${environment}, account ${account}, region ${region}`, 'bold'),
    ...inputs.map(({ name, kind, sha256 }) => `  ${kind.padEnd(18)} ${name}  sha256 ${sha256.slice(0, 12)}`),
    `  ${'judged by'.padEnd(18)} ${describeTool(tool)}`,
  ];
}

const COLOURS = { fail: 'red', unknown: 'yellow', pass: 'green' } as const;

/** Passing findings take one line for each rule, however many resources it looked at. */
function passLines(passed: readonly Finding[], paint: Paint): readonly string[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of passed) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding]);
  return [...rules.values()].flatMap((found) =>
    found.slice(0, 1).map(({ title, controls }) => {
      const count = found.length > 1 ? `  (${found.length} resources)` : '';
      return `  ${paint(title, COLOURS.pass)}${count}  ${controlText(controls)}`.trimEnd();
    }),
  );
}

/** Other findings also say why, and what to do. */
function findingLines(finding: Finding, paint: Paint): readonly string[] {
  const { result, title, detail, remedy, evidence, controls } = finding;
  if (result !== 'fail' && result !== 'unknown')
    return [`  ${title}  ${controlText(controls)}`.trimEnd(), `      ${detail}`];
  return [
    `  ${paint(title, COLOURS[result])}  ${controlText(controls)}`.trimEnd(),
    `      rule      ${finding.rule}`,
    `      at        ${findingPlace(finding)}`,
    `      because   ${detail}`,
    ...evidence.slice(0, 5).map(({ at, value }) => `      seen      ${at}: ${short(value)}`),
    `      remedy    ${remedy}`,
  ];
}

function waivedLines(finding: Finding): readonly string[] {
  const { title, rule, result, waiver } = finding;
  if (waiver === undefined) return [];
  const until =
    waiver.source === 'generated' ? 'follows from the environment' : `until ${waiver.expires}, ${waiver.owner}`;
  return [`  ${title}  (${result}: ${rule} at ${findingPlace(finding)})`, `      ${waiver.reason} (${until})`];
}

function proofLines({ proof }: AuditReport): readonly string[] {
  if (proof === undefined) return [];
  const { counts } = proof;
  return [
    `  can use ${counts.usableActions} of ${counts.knownActions.toLocaleString('en')} actions that AWS knows; ` +
      `${counts.pass} of ${counts.total} claims of the proof hold`,
  ];
}

function vendorLines({ vendor }: AuditReport): readonly string[] {
  if (vendor === undefined) return [];
  const { policy, notGranted, onlyGrantedHere } = vendor;
  return [
    `  ${policy}`,
    `      grants ${notGranted.length} actions that this environment does not${example(notGranted)}`,
    `      lacks ${onlyGrantedHere.length} that this environment needs${example(onlyGrantedHere)}`,
  ];
}

function baselineLines({ baseline }: AuditReport): readonly string[] {
  if (baseline === undefined) return [];
  const { resources, access, findings } = baseline;
  const lines = [
    ...(access?.gained ?? []).map(({ id, accepted }) => `  + ${id}${accepted ? ', accepted' : ''}`),
    ...(access?.lost ?? []).map(({ id }) => `  - ${id}`),
    ...resources.added.map((address) => `  added    ${address}`),
    ...resources.removed.map((address) => `  removed  ${address}`),
    ...resources.changed.map((address) => `  changed  ${address}`),
    ...findings.gained.map((id) => `  new finding     ${id}`),
    ...findings.lost.map((id) => `  finding is gone ${id}`),
  ];
  return lines.length === 0 ? ['  nothing has changed'] : lines;
}

function verdictLine({ verdict, counts, asOf }: AuditReport, paint: Paint): string {
  const day = asOf === undefined ? [] : [`as of ${asOf}`];
  const parts = Object.entries(counts)
    .filter(([name, count]) => name !== 'total' && count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return `${paint(verdict.toUpperCase(), COLOURS[verdict])}: ${counts.total} findings, ${[...parts, ...day].join(', ')}`;
}

function controlText({ fsbp = [], cisV5 = [] }: ControlIds): string {
  return [...fsbp, ...cisV5.map((id) => `CIS ${id}`)].join(' ');
}

function example(names: readonly string[]): string {
  return names.length === 0 ? '' : `: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', ...' : ''}`;
}

function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
