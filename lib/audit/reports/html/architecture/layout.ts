import type { Group } from './groups';

export const BOX_WIDTH = 344;
export const ROW_HEIGHT = 23;
export const HEAD_HEIGHT = 54;
const GAP = 26;
const GUTTER = 64;
const MARGIN = 22;
/** Room for the name of the account above the boxes. */
const TOP = 46;
const FOOT = 12;

/** A group with its place in the picture, in units of the picture. */
export interface Box {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Layout {
  readonly isWide: boolean;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
}

/** Who asks on the left, what is asked for on the right. */
export function layOutWide(groups: readonly Group[]): Layout {
  const isAsked = ({ zone }: Group) => zone === 'bucket' || zone === 'key';
  const left = stack(
    groups.filter((group) => !isAsked(group)),
    MARGIN,
  );
  const right = stack(groups.filter(isAsked), MARGIN + BOX_WIDTH + GUTTER);
  return framed([...left, ...right], true, 2 * MARGIN + 2 * BOX_WIDTH + GUTTER);
}

/** One below the other, with room for the arrows on the left. */
export function layOutNarrow(groups: readonly Group[]): Layout {
  return framed(stack(groups, MARGIN + GUTTER / 4), false, 2 * MARGIN + BOX_WIDTH + GUTTER / 4);
}

function framed(boxes: readonly Box[], isWide: boolean, width: number): Layout {
  const bottom = Math.max(TOP, ...boxes.map(({ y, height }) => y + height));
  return { isWide, width, height: bottom + MARGIN, boxes };
}

function stack(groups: readonly Group[], x: number): readonly Box[] {
  let y = TOP;
  return groups.map((group) => {
    const box = {
      group,
      x,
      y,
      height: HEAD_HEIGHT + group.rows.length * ROW_HEIGHT + (group.rows.length > 0 ? FOOT : 0),
    };
    y += box.height + GAP;
    return box;
  });
}
