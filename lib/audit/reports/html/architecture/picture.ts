import type { AuditReport } from '../../../report/audit-report';
import { type Markup, markup } from '../../markup';
import { SIGNS, standingMark } from '../standing-mark';
import { type Group, groupsOf, type ResourceRow } from './groups';
import { BOX_WIDTH, type Box, HEAD_HEIGHT, type Layout, layOutNarrow, layOutWide, ROW_HEIGHT } from './layout';
import type { Zone } from './resource-kinds';

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

const LONGEST_LABEL = 25;
const LONGEST_NAME = 18;

/** The picture as an element. Its text is in the title and the description for those who do not see it. */
function drawPicture({ isWide, width, height, boxes }: Layout, account: string): Markup {
  const kind = isWide ? 'wide' : 'narrow';
  const parts = boxes.map(
    ({ group }) => `${group.title}: ${group.rows.length} resources${group.caption && `, ${group.caption}`}.`,
  );
  return markup`<svg class="${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="picture-${kind} picture-${kind}-parts">
<title id="picture-${kind}">Resources of the environment</title>
<desc id="picture-${kind}-parts">${parts.join(' ')}</desc>
<rect class="account" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="14"/>
<text class="quiet" x="22" y="28">${clip(account, isWide ? 90 : 44)}</text>
${flows(boxes, isWide)}${boxes.map(drawBox)}</svg>
`;
}

function drawBox({ group, x, y, height }: Box): Markup {
  const { title, caption, rows } = group;
  return markup`<g transform="translate(${x} ${y})"><rect class="box" width="${BOX_WIDTH}" height="${height}" rx="10"/>
<text class="title" x="16" y="25">${title}</text><text class="quiet" x="16" y="43">${clip(caption || captionFor(rows), 48)}</text>
${rows.map(drawRow)}</g>
`;
}

function captionFor(rows: readonly ResourceRow[]): string {
  return rows.length === 0 ? 'not part of the stack' : `${rows.length} ${rows.length === 1 ? 'resource' : 'resources'}`;
}

function drawRow({ address, label, name, standing }: ResourceRow, index: number): Markup {
  const y = HEAD_HEIGHT + index * ROW_HEIGHT;
  return markup`<g class="${standing ?? 'none'}" transform="translate(16 ${y})"><title>${address}</title><circle class="dot" cx="8" cy="9" r="${standing === undefined ? 3.5 : 7.5}"/><text class="sign" x="8" y="12.6">${standing === undefined ? '' : SIGNS[standing]}</text>
<text x="25" y="13.5">${clip(label, LONGEST_LABEL)}</text><text class="name" x="${BOX_WIDTH - 32}" y="13.5" text-anchor="end">${clip(name, LONGEST_NAME)}</text></g>
`;
}

function clip(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Height inside a box at which an arrow leaves or meets it. */
const AT = 27;
const HEAD = 7;

/** The host takes on the role; the role reaches bucket and key. */
function flows(boxes: readonly Box[], isWide: boolean): readonly Markup[] {
  const boxAt = (zone: Zone) => boxes.find(({ group }) => group.zone === zone);
  const [host, identity] = [boxAt('host'), boxAt('identity')];
  if (identity === undefined) return [];
  const targets = [boxAt('bucket'), boxAt('key')].flatMap((box) => box ?? []);
  const reaching = targets.map((target) => (isWide ? across(identity, target) : around(identity, target)));
  return host === undefined ? reaching : [down(host, identity), ...reaching];
}

function down(from: Box, to: Box): Markup {
  const x = from.x + BOX_WIDTH / 2;
  return markup`<path class="flow" d="M${x} ${from.y + from.height}V${to.y - HEAD}"/><path class="head" d="M${x - 5} ${to.y - HEAD}h10l-5 ${HEAD}z"/>
`;
}

/** From the right side of the role to the left side of what it reaches. */
function across(from: Box, to: Box): Markup {
  const start = from.x + BOX_WIDTH;
  return elbow(start, (start + to.x) / 2, from.y + AT, to);
}

/** Along the left side, past the boxes between. */
function around(from: Box, to: Box): Markup {
  return elbow(from.x, from.x - 15, from.y + AT, to);
}

function elbow(startX: number, turnX: number, startY: number, to: Box): Markup {
  const y = to.y + AT;
  const end = to.x - HEAD;
  return markup`<path class="flow" d="M${startX} ${startY}H${turnX}V${y}H${end}"/><path class="head" d="M${end} ${y - 5}v10l${HEAD} -5z"/>
`;
}
