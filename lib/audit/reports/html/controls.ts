import { CONTROL_CATALOGUES, type ControlCatalogue, controlIdsOf } from '../control-catalogues';
import { type Markup, markup } from '../markup';
import { controlLink } from './finding-list';
import type { NumberedFinding } from './numbered-findings';
import { standingMark, worstStanding } from './standing-mark';

/** Control by control, what the findings about it come to. */
export function controlTables(findings: readonly NumberedFinding[]): readonly Markup[] {
  const all = findings.map(({ finding }) => finding);
  return CONTROL_CATALOGUES.flatMap((catalogue) => {
    const ids = controlIdsOf(all, catalogue);
    return ids.length === 0 ? [] : [controlTable(catalogue, ids, findings)];
  });
}

function controlTable(
  { key, name, version }: ControlCatalogue,
  ids: readonly string[],
  findings: readonly NumberedFinding[],
): Markup {
  const rows = ids.map((id) =>
    controlRow(
      id,
      findings.filter(({ finding }) => finding.controls[key]?.includes(id)),
    ),
  );
  return markup`<details class="more"><summary>${name} ${version}: ${ids.length} controls</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Controls of ${name} ${version}"><table>
<thead><tr><th scope="col">Control</th><th scope="col">Result</th><th scope="col">Findings</th></tr></thead>
<tbody>${rows}</tbody></table></div></details>
`;
}

function controlRow(id: string, about: readonly NumberedFinding[]): Markup {
  const standing = worstStanding(about.map(({ finding }) => finding));
  const links = rulesOf(about).map(({ first, count }, index) => {
    const times = count === 1 ? '' : ` (${count} resources)`;
    return markup`${index === 0 ? '' : '; '}<a href="#${first.anchor}">${first.finding.title}</a>${times}`;
  });
  return markup`<tr><th scope="row">${controlLink(id)}</th><td>${standing && standingMark(standing)}</td><td>${links}</td></tr>
`;
}

/** A rule that was asked of several resources stands once; its first finding is the worst one. */
function rulesOf(about: readonly NumberedFinding[]) {
  const rules = new Map<string, { readonly first: NumberedFinding; readonly count: number }>();
  for (const numbered of about) {
    const { rule } = numbered.finding;
    const { first, count } = rules.get(rule) ?? { first: numbered, count: 0 };
    rules.set(rule, { first, count: count + 1 });
  }
  return [...rules.values()];
}
