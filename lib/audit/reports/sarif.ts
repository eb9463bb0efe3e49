import { visibleJson } from '../../visible';
import type { AuditReport, Finding, ReadInput } from '../report/audit-report';
import { fileUri } from './file-uri';
import type { RenderOptions } from './render-options';
import { resourceLines } from './resource-lines';
import { type ResultContext, sarifResult } from './sarif-result';
import { sarifRules, taxonomiesOf } from './sarif-rules';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * The report as one run of SARIF 2.1.0, which points at the resource in the stack.
 *
 * It holds what decides, unless all results are asked for: code scanning reads neither kinds nor suppressions, and opens
 * an alert for whatever it is given. Only a failure has a level, as the standard wants it.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(
  report: AuditReport,
  { stackText = '', allResults = false }: Pick<RenderOptions, 'stackText' | 'allResults'> = {},
): string {
  const findings = allResults ? report.findings : report.findings.filter(decides);
  const runs = [runOf({ ...report, findings }, resourceLines(stackText))];
  return visibleJson({ $schema: SCHEMA, version: '2.1.0', runs });
}

function decides({ result, waiver }: Finding): boolean {
  return (result === 'fail' || result === 'unknown') && waiver === undefined;
}

function runOf(report: AuditReport, lineOf: ResultContext['lineOf']) {
  const { environment, account, region, verdict, asOf, findings, inputs, tool, catalogue, notAssessed } = report;
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
    properties: { environment, account, region, verdict, ...(asOf !== undefined && { asOf }), notAssessed },
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
