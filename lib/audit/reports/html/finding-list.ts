import type { AppliedWaiver, ControlIds, EvidenceItem } from '../../report/audit-report';
import { findingPlace } from '../../report/finding-place';
import { CONTROL_CATALOGUES, fsbpPage } from '../control-catalogues';
import { type Markup, markup } from '../markup';
import { STANDING_WORDS, STANDINGS, type Standing, standingOf, waiverTerm } from '../standing';
import { firstOf } from './first-of';
import type { NumberedFinding } from './numbered-findings';
import { standingMark } from './standing-mark';

/** The findings that fail, are unknown or are waived: somebody must act, or answers for them. */
const LOUD: ReadonlySet<Standing> = new Set(['fail', 'unknown', 'waived']);

/** The findings that decide or are waived, with their evidence and remedy; what decides is open. */
export function loudFindings(findings: readonly NumberedFinding[]): readonly Markup[] {
  return findingList(findings, (standing) => LOUD.has(standing));
}

/** All the others. */
export function quietFindings(findings: readonly NumberedFinding[]): readonly Markup[] {
  return findingList(findings, (standing) => !LOUD.has(standing));
}

function findingList(
  findings: readonly NumberedFinding[],
  isWanted: (standing: Standing) => boolean,
): readonly Markup[] {
  return STANDINGS.filter(isWanted).flatMap((standing) => {
    const found = findings.filter(({ finding }) => standingOf(finding) === standing);
    if (found.length === 0) return [];
    return [
      markup`<h3>${found.length} ${STANDING_WORDS[standing]}</h3>
${found.map(findingDetails)}`,
    ];
  });
}

function findingDetails({ anchor, finding }: NumberedFinding): Markup {
  const { title, resource, detail, evidence, remedy, rationale, controls, waiver, rule } = finding;
  const standing = standingOf(finding);
  const isOpen = standing === 'fail' || standing === 'unknown';
  return markup`<details class="finding ${standing}" id="${anchor}"${isOpen ? markup` open` : undefined}>
<summary><h4>${title}</h4> ${standingMark(standing)} <code>${resource}</code></summary>
<div><p>${detail}</p>
${waiver && waiverPart(waiver)}${evidencePart(evidence)}<div class="act"><h5>Remedy</h5><p>${remedy}</p>
<h5>Why it matters</h5><p>${rationale}</p></div>
${controlPart(controls)}<p class="over">Rule <code>${rule}</code> at <code>${findingPlace(finding)}</code></p></div>
</details>
`;
}

function waiverPart(waiver: AppliedWaiver): Markup {
  return markup`<h5>Waived</h5><p>${waiver.reason} <span class="over">(${waiver.owner}, ${waiverTerm(waiver)})</span></p>
`;
}

function evidencePart(evidence: readonly EvidenceItem[]): Markup | undefined {
  if (evidence.length === 0) return undefined;
  const items = evidence.map(
    ({ at, value }) => markup`<div><dt><code>${at}</code></dt><dd><code>${value}</code></dd></div>`,
  );
  return markup`<h5>Evidence</h5>${firstOf(items, 'dl', 'evidence')}`;
}

function controlPart(controls: ControlIds): Markup | undefined {
  const items = CONTROL_CATALOGUES.flatMap(({ key, shortName }) =>
    (controls[key] ?? []).map((id) => markup`<li>${shortName} ${controlLink(id)}</li>`),
  );
  return items.length === 0
    ? undefined
    : markup`<h5>Controls</h5><ul class="ids">${items}</ul>
`;
}

/** Only AWS describes each control at an address of its own. */
export function controlLink(id: string): Markup {
  const page = fsbpPage(id);
  return page === undefined ? markup`${id}` : markup`<a href="${page}" rel="noreferrer">${id}</a>`;
}
