import type { AuditReport, Finding } from '../report/audit-report';
import { CONTROL_CATALOGUES, controlIdsOf, fsbpPage } from './control-catalogues';
import { markdownText } from './markdown-text';
import { sarifText } from './sarif-text';

type Taxonomy = ReturnType<typeof taxonomiesOf>[number];

/** The control catalogues as SARIF has them: those of which a rule names a control, with the controls named. */
export function taxonomiesOf({ findings }: AuditReport) {
  return CONTROL_CATALOGUES.map((catalogue) => ({
    name: catalogue.name,
    version: catalogue.version,
    organization: catalogue.organization,
    taxa: controlIdsOf(findings, catalogue).map((id) => ({ id })),
  })).filter(({ taxa }) => taxa.length > 0);
}

export interface SarifRule {
  readonly id: string;
}

/** Every rule that has a finding, in the order of the findings. */
export function sarifRules(findings: readonly Finding[], taxonomies: readonly Taxonomy[]): readonly SarifRule[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding);
  return [...first.values()].map((finding) => ruleOf(finding, taxonomies));
}

function ruleOf({ rule, title, rationale, remedy, controls, equivalents }: Finding, taxonomies: readonly Taxonomy[]) {
  const helpUri = controls.fsbp?.map(fsbpPage).find((page) => page !== undefined);
  return {
    id: rule,
    shortDescription: sarifText(title),
    fullDescription: sarifText(rationale),
    help: { ...sarifText(remedy), markdown: markdownText(remedy) },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: 'error' },
    relationships: relationshipsOf(controls, taxonomies),
    ...(equivalents !== undefined && { properties: { equivalents } }),
  };
}

function relationshipsOf(controls: Finding['controls'], taxonomies: readonly Taxonomy[]) {
  return CONTROL_CATALOGUES.flatMap(({ key, name }) => {
    const toolComponent = { name, index: taxonomies.findIndex((taxonomy) => taxonomy.name === name) };
    return (controls[key] ?? []).map((id) => ({ target: { id, toolComponent }, kinds: ['relevant'] }));
  });
}
