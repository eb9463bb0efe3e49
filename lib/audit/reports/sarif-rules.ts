import type { Finding } from '../report/audit-report';
import { CONTROL_CATALOGUES, fsbpPage } from './control-catalogues';
import { markdownText } from './markdown-text';
import type { Taxonomy } from './sarif-taxonomies';
import { sarifText } from './sarif-text';

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
