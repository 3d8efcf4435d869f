/** A grid of square pictures with gaps between them. */
export interface GridLayout {
  readonly across: number;
  readonly down: number;
  /** Side of one picture, and the gap between two. */
  readonly side: number;
  readonly gap: number;
  readonly height: number;
  /** Left edge of the first picture. */
  readonly left: number;
  /** Pictures that stand together: every so many begin a block of rows, with room above it. */
  readonly blocks?: { readonly items: number; readonly rows: number; readonly gap: number };
}

/** `count` pictures across a width, each about `wanted` wide. */
export function atlasLayout(count: number, width: number, wanted: number, gap = 2): GridLayout {
  const across = Math.max(1, Math.min(count, Math.round((width + gap) / (wanted + gap))));
  const side = Math.max(4, (width - (across - 1) * gap) / across);
  const down = Math.ceil(count / across);
  return { across, down, side, gap, height: down * (side + gap) - gap, left: 0 };
}

/** At most this many pictures of a block stand in one row. */
const MOST_ACROSS = 12;

/** `count` pictures across a width, those of a block of `items` together in rows of their own. */
export function blockedLayout(
  count: number,
  items: number,
  width: number,
  gap: number,
  blockGap: number,
): GridLayout {
  const rows = Math.ceil(items / MOST_ACROSS);
  const across = Math.ceil(items / rows);
  const side = Math.max(4, (width - (across - 1) * gap) / across);
  const blocks = Math.ceil(count / items);
  const height = blocks * (rows * (side + gap) + blockGap) - blockGap - gap;
  const down = blocks * rows;
  return { across, down, side, gap, height, left: 0, blocks: { items, rows, gap: blockGap } };
}

/** `count` pictures in a box, as large as they can be, in its middle. */
export function gridLayout(count: number, width: number, height: number, gap = 6): GridLayout {
  let best: GridLayout = { across: 1, down: count, side: 0, gap, height: 0, left: 0 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const side = Math.floor(
      Math.min((width - (across - 1) * gap) / across, (height - (down - 1) * gap) / down),
    );
    if (side <= best.side) continue;
    const left = Math.floor((width - across * (side + gap) + gap) / 2);
    best = { across, down, side, gap, height: down * (side + gap) - gap, left };
  }
  return best;
}

/** The picture at a point of the grid, or null in a gap and outside. */
export function gridItemAt(
  layout: GridLayout,
  count: number,
  pointX: number,
  pointY: number,
): number | null {
  const { across, side, gap, left, blocks } = layout;
  const x = pointX - left;
  const pitch = side + gap;
  const high = blocks ? blocks.rows * pitch + blocks.gap : Infinity;
  const block = blocks ? Math.floor(pointY / high) : 0;
  const y = blocks ? pointY - block * high : pointY;
  const column = Math.floor(x / pitch);
  const row = Math.floor(y / pitch);
  const inside = x - column * pitch < side && y - row * pitch < side;
  const within = row * across + column;
  const item = block * (blocks?.items ?? 0) + within;
  const known = item < count && within < (blocks?.items ?? Infinity);
  return x >= 0 && y >= 0 && column < across && inside && known ? item : null;
}

/** Where picture `item` of the grid lies. */
export function gridBox({ across, side, gap, left, blocks }: GridLayout, item: number) {
  const pitch = side + gap;
  const block = blocks ? Math.floor(item / blocks.items) : 0;
  const within = blocks ? item % blocks.items : item;
  const above = blocks ? block * (blocks.rows * pitch + blocks.gap) : 0;
  return {
    x: left + (within % across) * pitch,
    y: above + Math.floor(within / across) * pitch,
    width: side,
    height: side,
  };
}

/** The order in which neurons stand: as they are, or by falling value. */
export function orderBy(values: ArrayLike<number> | null, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  // Equal values stay in the neurons' own order.
  return values === null ? order : order.sort((a, b) => values[b]! - values[a]! || a - b);
}

/** The order in which neurons stand: group after group, and in each by falling value. */
export function orderInGroups(values: ArrayLike<number>, count: number, group: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  const groupOf = (i: number) => Math.floor(i / group);
  return order.sort((a, b) => groupOf(a) - groupOf(b) || values[b]! - values[a]! || a - b);
}

/** The picture that an arrow key leads to from picture `item`: the same one at an edge, null for other keys. */
export function itemByKey(
  { across, down, blocks }: GridLayout,
  count: number,
  item: number,
  key: string,
): number | null {
  const items = blocks?.items ?? count;
  const rows = blocks?.rows ?? down;
  const within = item % items;
  const row = Math.floor(item / items) * rows + Math.floor(within / across);
  const vertical = (to: number) => {
    const first = Math.floor(to / rows) * items + (to % rows) * across;
    // A row may be shorter than the one before.
    const end = Math.min(count, (Math.floor(to / rows) + 1) * items, first + across);
    return to < 0 || first >= end ? item : Math.min(end - 1, first + (within % across));
  };
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, item + 1);
    case 'ArrowLeft':
      return Math.max(0, item - 1);
    case 'ArrowDown':
      return vertical(row + 1);
    case 'ArrowUp':
      return vertical(row - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Side of the square that `pixels` pixels make. */
export function sideOf(pixels: number): number {
  return Math.ceil(Math.sqrt(pixels));
}
