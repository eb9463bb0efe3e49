import type { AuditReport, ReadInput } from '../report/audit-report';
import { fileUri } from './file-uri';
import type { RenderOptions } from './render-options';
import { resourceLines } from './resource-lines';
import { type ResultContext, sarifResult } from './sarif-result';
import { sarifRules } from './sarif-rules';
import { taxonomiesOf } from './sarif-taxonomies';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report as one run of SARIF 2.1.0, which points at the resource in the stack.
 *
 * Only a failure has a level: what passed, is open or does not apply says so by its kind, as the standard wants it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: AuditReport, { stackText = '' }: Pick<RenderOptions, 'stackText'> = {}): string {
  const runs = [runOf(report, resourceLines(stackText))];
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs }, null, 2)}\n`;
}

function runOf(report: AuditReport, lineOf: ResultContext['lineOf']) {
  const { environment, account, region, verdict, findings, inputs, tool, catalogue, notAssessed } = report;
  const taxonomies = taxonomiesOf(report);
  const rules = sarifRules(findings, taxonomies);
  const stack = inputs.findIndex(({ kind }) => kind === 'synthesized-stack');
  const place = stack === -1 ? inputs.findIndex(({ kind }) => kind === 'plan') : stack;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        ...(tool.commit !== undefined && { properties: { commit: tool.commit } }),
        rules,
        supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
      },
      extensions: [{ name: catalogue.name, version: catalogue.version }],
    },
    automationDetails: { id: `vault-env audit/${environment}` },
    invocations: [{ executionSuccessful: true }],
    columnKind: 'utf16CodeUnits',
    artifacts: inputs.map(artifactOf),
    taxonomies,
    results: findings.map((finding) => sarifResult(finding, { rules, inputs, place, lineOf })),
    properties: { environment, account, region, verdict, notAssessed },
  };
}

function artifactOf({ name, kind, sha256 }: ReadInput) {
  return {
    location: { uri: fileUri(name) },
    hashes: { 'sha-256': sha256 },
    roles: [kind === 'synthesized-stack' || kind === 'plan' ? 'analysisTarget' : 'referencedOnCommandLine'],
    description: { text: kind },
  };
}
