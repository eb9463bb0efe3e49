import { describeTool } from '../../tool';
import { visibleJson } from '../../visible';
import type { AuditReport, Finding } from '../report/audit-report';
import { onDay } from '../report/verdict';
import { fileUri } from './file-uri';
import { markdownCode, markdownText as text } from './markdown-text';
import { type AssessedControl, assessedControls } from './oscal-controls';
import { oscalObservations } from './oscal-observations';
import { type OscalParts, oscalParts, oscalProperty, oscalString } from './oscal-parts';
import { oscalRisks } from './oscal-risks';

const OSCAL_VERSION = '1.1.2';

/**
 * The report as OSCAL assessment results, control by control of NIST SP 800-53 revision 5.
 *
 * @see https://pages.nist.gov/OSCAL-Reference/models/v1.1.2/assessment-results/json-outline/
 */
export function renderOscal(report: AuditReport): string {
  const parts = oscalParts(report);
  const document = {
    'assessment-results': {
      uuid: parts.documentUuid,
      metadata: {
        title: `Audit of ${text(report.environment)}`,
        'last-modified': parts.time,
        version: oscalString(report.tool.version),
        'oscal-version': OSCAL_VERSION,
      },
      'import-ap': { href: `#${parts.uuid('resource', 'plan of assessment')}` },
      results: [resultOf(report, parts)],
      'back-matter': { resources: [planOfAssessment(report, parts), ...inputsOf(report, parts)] },
    },
  };
  return visibleJson(document);
}

function resultOf(report: AuditReport, parts: OscalParts) {
  const { environment, account, region, verdict, findings, notAssessed, asOf, catalogue } = report;
  const controls = assessedControls(findings);
  const risks = oscalRisks(findings, parts);
  const observations = oscalObservations(report, parts);
  return {
    uuid: parts.uuid('result', environment),
    title: `Audit of ${text(environment)}`,
    description: text(`Account ${account}, ${region}. The verdict is ${verdict}${onDay(report)}.`),
    start: parts.time,
    props: [
      oscalProperty('verdict', verdict),
      oscalProperty('account', account),
      oscalProperty('region', region),
      oscalProperty('catalogue', `${catalogue.name} ${catalogue.version}`),
    ],
    ...localDefinitions(report, parts),
    'reviewed-controls': { 'control-selections': [selectionOf(controls.map(({ id }) => id))] },
    ...(observations.length > 0 && { observations }),
    ...(risks.length > 0 && { risks }),
    ...(controls.length > 0 && { findings: controls.map((control) => oscalFinding(control, parts)) }),
    remarks: remarksOf(notAssessed, asOf),
  };
}

function localDefinitions({ resources }: AuditReport, { uuid }: OscalParts) {
  if (resources.length === 0) return {};
  const items = resources.map(({ address, type }) => ({
    uuid: uuid('resource', address),
    description: markdownCode(address),
    props: [oscalProperty('type', type)],
  }));
  return { 'local-definitions': { 'inventory-items': items } };
}

function selectionOf(ids: readonly string[]) {
  const description = 'Controls of NIST SP 800-53 revision 5 that the stack has an answer for';
  return ids.length === 0
    ? { description }
    : { description, 'include-controls': ids.map((id) => ({ 'control-id': id })) };
}

function remarksOf(notAssessed: readonly string[], asOf: string | undefined): string {
  const time = asOf === undefined ? 'The time of the assessment was not recorded. ' : '';
  return `${time}Not assessed: ${notAssessed.map(text).join('; ') || 'nothing that is known'}.`;
}

/** OSCAL wants a plan of assessment; here the rules of this tool are the plan. */
function planOfAssessment({ tool }: AuditReport, { uuid }: OscalParts) {
  const title = `Rules of ${text(describeTool(tool))}`;
  return { uuid: uuid('resource', 'plan of assessment'), title, description: 'There is no other assessment plan.' };
}

function inputsOf({ inputs }: AuditReport, { uuid }: OscalParts) {
  return inputs.map(({ name, kind, sha256 }) => ({
    uuid: uuid('input', `${kind} ${name}`),
    title: text(kind),
    rlinks: [{ href: fileUri(name), hashes: [{ algorithm: 'SHA-256', value: sha256 }] }],
  }));
}

/** A finding for each control: it is satisfied only when every rule about it passes. A waiver satisfies nothing. */
function oscalFinding({ label, id, findings }: AssessedControl, { uuid }: OscalParts) {
  const risks = findings.filter(({ result }) => result !== 'pass');
  return {
    uuid: uuid('control', id),
    title: text(label),
    description: text(describe(findings)),
    target: { type: 'objective-id', 'target-id': `${id}_obj`, status: statusOf(findings) },
    'related-observations': findings.map((finding) => ({ 'observation-uuid': uuid('observation', finding.id) })),
    ...(risks.length > 0 && { 'related-risks': risks.map((finding) => ({ 'risk-uuid': uuid('risk', finding.id) })) }),
  };
}

function statusOf(findings: readonly Finding[]) {
  if (findings.some(({ result }) => result === 'fail')) return { state: 'not-satisfied', reason: 'fail' };
  if (findings.some(({ result }) => result === 'unknown')) return { state: 'not-satisfied', reason: 'other' };
  return { state: 'satisfied', reason: 'pass' };
}

function describe(findings: readonly Finding[]): string {
  const count = (wanted: Finding['result']) => findings.filter(({ result }) => result === wanted).length;
  const waived = findings.filter(({ waiver }) => waiver !== undefined).length;
  const parts = [`${count('pass')} passed`, `${count('fail')} failed`, `${count('unknown')} could not be decided`];
  const rest = waived === 0 ? '' : `; ${waived} of these waived`;
  return `Of ${findings.length} findings about it ${parts.join(', ')}${rest}.`;
}
