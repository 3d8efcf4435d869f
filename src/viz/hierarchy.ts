import type { Path } from 'd3';
import { pathRound } from 'd3';
import type { Box, ColumnLayout } from './columns.ts';
import { columnLayout } from './columns.ts';

/** What flows along an arrow. */
export type Flow = 'down' | 'skip' | 'up' | 'side';

export interface Arrow {
  readonly flow: Flow;
  /** The layer whose neurons send. */
  readonly from: number;
  /** SVG path. */
  readonly path: string;
  /** A point in its middle, where it can be marked as cut. */
  readonly middle: readonly [number, number];
}

/** One layer on screen. Layer 0, the pixels, has pictures instead of column layouts. */
export interface HierarchyRow {
  readonly layer: number;
  readonly label: Box;
  /** The room of the three tiles; what a layer lacks is null. */
  readonly prediction: Box;
  readonly state: Box;
  readonly error: Box;
  readonly columns: ColumnLayout | null;
}

export interface HierarchyLayout {
  readonly rows: readonly HierarchyRow[];
  readonly arrows: readonly Arrow[];
  /** Left edges and width of the three columns, for their headings. */
  readonly headings: readonly Box[];
  readonly width: number;
  readonly height: number;
  /** Labels stand above their row, not beside it. */
  readonly compact: boolean;
}

export interface HierarchyInput {
  readonly width: number;
  /** The room there is; null: as high as looks right for the width (the page scrolls). */
  readonly height: number | null;
  /** [J0, J1, …, JL] */
  readonly sizes: readonly number[];
  /** Neurons per competing group of layer l at l − 1; 0 where nobody competes. */
  readonly groups: readonly number[];
  /** Whether layers also predict the one two below (PDH). */
  readonly auxiliary: boolean;
}

/** Height of the scale under each tile. */
export const CAPTION = 15;
const HEADING = 22;
const LEAST_TILE = 34;
const COMPACT_BELOW = 560;

/**
 * Where everything of the generative hierarchy lies: the top layer above, prediction | state | error from left to right, so that
 * predictions run down-left, errors up-left, and no arrows cross.
 */
export function hierarchyLayout(input: HierarchyInput): HierarchyLayout {
  const { width, sizes, groups } = input;
  const compact = width < COMPACT_BELOW;
  const layers = sizes.length - 1;
  const rowCount = layers + 1;
  const labelWidth = compact ? 0 : Math.round(Math.min(170, Math.max(98, width * 0.15)));
  const labelHeight = compact ? 20 : 0;
  const gutter = compact ? 12 : Math.round(Math.min(34, Math.max(20, width * 0.032)));
  const between = compact
    ? 20
    : Math.round(Math.min(40, Math.max(20, (input.height ?? 600) * 0.042)));
  const room = (width - labelWidth - (compact ? 2 : 3) * gutter) / 3;
  const around = HEADING + rowCount * (CAPTION + labelHeight) + (rowCount - 1) * between;
  const fitted = input.height === null ? room * 0.64 : (input.height - around) / rowCount;
  const tile = Math.max(LEAST_TILE, Math.floor(fitted));

  const layouts = sizes
    .slice(1)
    .map((size, i) => columnLayout(size, groups[i] ?? 0, Math.floor(room), tile));
  // Columns are as wide as their widest layer, so that nothing floats in empty room.
  const widest = Math.max(tile, ...layouts.map((layout) => layout.width));
  const column = Math.min(room, widest);
  const used = labelWidth + (compact ? 2 : 3) * gutter + 3 * column;
  const left = Math.max(0, (width - used) / 2);
  const first = left + labelWidth + (compact ? 0 : gutter);
  const columnX = (index: number) => first + index * (column + gutter);

  const rows = Array.from({ length: rowCount }, (_, i): HierarchyRow => {
    const layer = layers - i;
    const y = HEADING + labelHeight + i * (tile + CAPTION + labelHeight + between);
    const columns = layer > 0 ? layouts[layer - 1]! : null;
    const tileWidth = columns?.width ?? Math.min(column, tile);
    const tileHeight = columns?.height ?? Math.min(column, tile);
    const box = (index: number): Box => ({
      x: columnX(index),
      y,
      width: tileWidth,
      height: tileHeight,
    });
    return {
      layer,
      label: compact
        ? { x: left, y: y - labelHeight, width: used, height: labelHeight }
        : { x: left, y, width: labelWidth, height: tile },
      prediction: box(0),
      state: box(1),
      error: box(2),
      columns,
    };
  });
  const headings = [0, 1, 2].map((i) => ({ x: columnX(i), y: 0, width: column, height: HEADING }));
  const last = rows.at(-1)!;
  return {
    rows,
    arrows: arrowsOf(rows, input, gutter),
    headings,
    width,
    height: last.state.y + tile + CAPTION,
    compact,
  };
}

const middle = ({ x, width }: Box) => x + width / 2;
const bottom = ({ y, height }: Box) => y + height;

/** An SVG path, to a tenth of a pixel. */
function pathOf(draw: (path: Path) => void): string {
  const path = pathRound(1);
  draw(path);
  return path.toString();
}

function arrowsOf(
  rows: readonly HierarchyRow[],
  { groups, auxiliary }: HierarchyInput,
  gutter: number,
): Arrow[] {
  const arrows: Arrow[] = [];
  rows.forEach((upper, i) => {
    const lower = rows[i + 1];
    if (upper.layer > 0 && (groups[upper.layer - 1] ?? 0) > 1) arrows.push(loop(upper, gutter));
    const second = rows[i + 2];
    if (auxiliary && second !== undefined) arrows.push(skip(upper, second, gutter, i));
    if (lower === undefined) return;
    const y0 = bottom(upper.state) + CAPTION;
    // Beside or above: arrows end before the label of the row they point to.
    const y1 = Math.min(lower.prediction.y, lower.label.y) - 3;
    const bend = (y1 - y0) * 0.9;
    const start = middle(upper.state);
    const spread = Math.min(26, upper.state.width * 0.14);
    const down = { x0: start - spread, x1: middle(lower.prediction) + spread };
    arrows.push({
      flow: 'down',
      from: upper.layer,
      path: pathOf((path) => {
        path.moveTo(down.x0, y0);
        path.bezierCurveTo(down.x0, y0 + bend, down.x1, y1 - bend, down.x1, y1);
      }),
      middle: [(down.x0 + down.x1) / 2, (y0 + y1) / 2],
    });
    const up = { x0: middle(lower.error) - spread, x1: start + spread };
    arrows.push({
      flow: 'up',
      from: lower.layer,
      path: pathOf((path) => {
        path.moveTo(up.x0, y1);
        path.bezierCurveTo(up.x0, y1 - bend, up.x1, y0 + bend, up.x1, y0 + 3);
      }),
      middle: [(up.x0 + up.x1) / 2, (y0 + y1) / 2],
    });
  });
  return arrows;
}

/** Sideways: a loop at the right of the state neurons. */
function loop({ layer, state }: HierarchyRow, gutter: number): Arrow {
  const x = state.x + state.width + 3;
  const out = x + Math.min(16, gutter - 6);
  const y0 = state.y + state.height * 0.36;
  const y1 = state.y + state.height * 0.64;
  return {
    flow: 'side',
    from: layer,
    path: pathOf((path) => {
      path.moveTo(x, y0);
      path.bezierCurveTo(out, y0, out, y1, x + 1, y1);
    }),
    middle: [x + (out - x) * 0.75, (y0 + y1) / 2],
  };
}

/** Down two layers, through the gutter between predictions and states. */
function skip(upper: HierarchyRow, target: HierarchyRow, gutter: number, index: number): Arrow {
  const x0 = upper.state.x - 2;
  const x1 = target.prediction.x + target.prediction.width + 4;
  const lane = upper.state.x - gutter * (index % 2 === 0 ? 0.36 : 0.64);
  const y0 = upper.state.y + upper.state.height * 0.7;
  const y1 = target.prediction.y + target.prediction.height * 0.35;
  const turn = 6;
  return {
    flow: 'skip',
    from: upper.layer,
    path: pathOf((path) => {
      path.moveTo(x0, y0);
      path.quadraticCurveTo(lane, y0, lane, y0 + turn);
      path.lineTo(lane, y1 - turn);
      path.quadraticCurveTo(lane, y1, Math.min(lane - 2, x1), y1);
      if (x1 < lane - 2) path.lineTo(x1, y1);
    }),
    middle: [lane, (y0 + y1) / 2],
  };
}
