import { type Markup, markup } from '../../markup';
import { SIGNS } from '../standing-mark';
import { flows } from './flows';
import type { ResourceRow } from './groups';
import { BOX_WIDTH, type Box, HEAD_HEIGHT, type Layout, ROW_HEIGHT } from './layout';

const LONGEST_LABEL = 25;
const LONGEST_NAME = 18;

/** The picture as an element. Its text is in the title and the description for those who do not see it. */
export function drawPicture({ isWide, width, height, boxes }: Layout, account: string): Markup {
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
