import type { AuditReport, ReadInput } from '../audit/report/audit-report';
import { renderHtml } from '../audit/reports/html/page';
import { renderJson } from '../audit/reports/json';
import type { OutputFile } from '../backup-environment';
import { addToEvidence } from './add-to-evidence';
import { AUDIT_JSON, INPUTS } from './known-documents';

/** The bytes that the audit read, as they were. */
export interface EvidenceInput {
  readonly kind: ReadInput['kind'];
  readonly content: string | Uint8Array;
}

export interface AuditEvidence {
  readonly report: AuditReport;
  readonly inputs: readonly EvidenceInput[];
}

/** Named by what they are, so that where somebody kept them does not show. */
const INPUT_NAMES: Readonly<Record<ReadInput['kind'], string>> = {
  'synthesized-stack': 'cdk.tf.json',
  backend: 'backend_override.tf.json',
  plan: 'plan.json',
  waivers: 'waivers.yaml',
  baseline: 'baseline.json',
};

/** The files of an audit: report, inputs, versions. Pure; the same audit gives the same bytes. */
function auditEvidenceFiles({ report, inputs }: AuditEvidence): readonly OutputFile[] {
  const { environment, tool, catalogue } = report;
  return [
    ...inputs.map(({ kind, content }) => ({ name: `${INPUTS}${INPUT_NAMES[kind]}`, text: content })),
    { name: 'versions.json', text: `${JSON.stringify({ version: 1, environment, tool, catalogue }, null, 2)}\n` },
    { name: 'audit.html', text: renderHtml(report) },
    { name: AUDIT_JSON, text: renderJson(report) },
  ];
}

/**
 * Writes an audit into an evidence folder, in the place of an earlier one. What others added stays.
 *
 * @returns SHA-256 of the manifest
 * @throws {ToolkitError} as `addToEvidence`
 * @throws {ConfigError} as `addToEvidence`
 */
export function writeAuditEvidence(folder: string, evidence: AuditEvidence): Promise<string> {
  return addToEvidence(folder, auditEvidenceFiles(evidence), { replacing: INPUTS });
}
