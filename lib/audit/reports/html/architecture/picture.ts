import type { AuditReport } from '../../../report/audit-report';
import { type Markup, markup } from '../../markup';
import { standingMark } from '../standing-mark';
import { drawPicture } from './draw';
import { type Group, groupsOf } from './groups';
import { layOutNarrow, layOutWide } from './layout';

/** The resources as a picture, once for wide screens and paper and once for narrow ones, and as a table. */
export function architecture(report: AuditReport): Markup {
  const { account, region } = report;
  const groups = groupsOf(report);
  const place = `Account ${account}, ${region}`;
  return markup`<figure class="card">
${drawPicture(layOutWide(groups), place)}${drawPicture(layOutNarrow(groups), place)}<figcaption>The sign beside a resource is the worst of what was found about it: ✕ fails, ? could not be decided, ~ is waived, ✓ passes. Without a sign, no rule is about that resource alone.</figcaption>
</figure>
<details class="more"><summary>The same as a table</summary>${resourceTable(groups)}</details>
`;
}

function resourceTable(groups: readonly Group[]): Markup {
  const rows = groups.flatMap(({ title, rows: resources }) =>
    resources.map(
      ({
        address,
        standing,
      }) => markup`<tr><th scope="row"><code>${address}</code></th><td>${title}</td><td>${standing === undefined ? 'no finding' : standingMark(standing)}</td></tr>
`,
    ),
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Resources"><table>
<thead><tr><th scope="col">Resource</th><th scope="col">Part</th><th scope="col">Worst finding</th></tr></thead><tbody>${rows}</tbody></table></div>
`;
}
