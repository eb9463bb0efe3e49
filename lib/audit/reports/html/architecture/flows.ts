import { type Markup, markup } from '../../markup';
import { BOX_WIDTH, type Box } from './layout';
import type { Zone } from './resource-kinds';

/** Height inside a box at which an arrow leaves or meets it. */
const AT = 27;
const HEAD = 7;

/** The host takes on the role; the role reaches bucket and key. */
export function flows(boxes: readonly Box[], isWide: boolean): readonly Markup[] {
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
