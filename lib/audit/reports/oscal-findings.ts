import type { Finding } from '../report/audit-report';
import { markdownText as text } from './markdown-text';
import type { AssessedControl } from './oscal-controls';
import type { OscalParts } from './oscal-parts';

/** One finding for each control: it is satisfied only when every rule about it passes. A waiver satisfies nothing. */
export function oscalFinding({ label, id, findings }: AssessedControl, { uuid }: OscalParts) {
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
