import type { Path } from 'd3';
import { pathRound } from 'd3';
import type { Box } from './columns.ts';

/** What flows along an arrow. */
export type Flow = 'down' | 'skip' | 'up' | 'side';

/** The way of one kind of message between two rows of the stage. */
export interface Arrow {
  readonly flow: Flow;
  /** The layer whose neurons send. */
  readonly from: number;
  /** SVG path. */
  readonly path: string;
  /** A point in its middle, where it can be marked as cut. */
  readonly middle: readonly [number, number];
}

/** A row, as far as arrows need it. */
interface Row {
  readonly layer: number;
  readonly prediction: Box | null;
  readonly state: Box;
  readonly error: Box;
}

interface Ways {
  /** Neurons per competing group of layer l at l − 1. */
  readonly groups: readonly number[];
  /** Whether layers also predict the one two below. */
  readonly auxiliary: boolean;
  readonly gutter: number;
  readonly lane: number;
  readonly line: number;
  /** Predictions go straight to the states below, where they are compared; there is no column of predictions. */
  readonly story: boolean;
  /** Words stand above a row, over its predictions. */
  readonly above: boolean;
}

/** The caption under a tile is so wide, in lines of type. */
const CAPTION = 6.4;
/** Where arrows leave a tile: so far from its left edge, of its width. */
const LEAVE = 0.74;
/** How high the room under a tile is in which arrows run sideways with upright heads (px): below its caption, and where they pass beside that. */
const [BELOW, BESIDE] = [14, 8] as const;

/** Whether the caption of a tile of this width ends before arrows leave it. */
const passable = (width: number, line: number): boolean => width * LEAVE >= CAPTION * line;

/** The least height of the room under tiles of these widths, captions and arrows. */
export const roomUnder = (widths: readonly number[], line: number): number =>
  line + (widths.every((width) => passable(width, line)) ? BESIDE : BELOW);

type Point = readonly [number, number];

/** An SVG path, to a tenth of a pixel. */
function pathOf(draw: (path: Path) => void): string {
  const path = pathRound(1);
  draw(path);
  return path.toString();
}

/** Down (or up) to a height, sideways, and on: with rounded corners. */
function elbow([x0, y0]: Point, turn: number, [x1, y1]: Point): string {
  return pathOf((path) => {
    path.moveTo(x0, y0);
    if (Math.abs(x1 - x0) < 1) return path.lineTo(x1, y1);
    const first = Math.min(6, Math.abs(turn - y0) / 2, Math.abs(x1 - x0) / 2);
    const second = Math.min(6, Math.abs(y1 - turn) / 2, Math.abs(x1 - x0) / 2);
    path.arcTo(x0, turn, x1, turn, first);
    path.arcTo(x1, turn, x1, y1, second);
    path.lineTo(x1, y1);
  });
}

/** All arrows between the rows, the top layer first: down = prediction, past a layer too where networks have that, up = error, sideways = competition. */
export function arrowsOf(rows: readonly Row[], ways: Ways): Arrow[] {
  return rows.flatMap((upper, i) => {
    const lower = rows[i + 1];
    const second = rows[i + 2];
    return [
      ...((ways.groups[upper.layer - 1] ?? 0) > 1 ? [loop(upper, ways)] : []),
      ...(ways.auxiliary && second !== undefined ? [skip(upper, second, ways, i)] : []),
      ...(lower === undefined ? [] : [down(upper, lower, ways), up(upper, lower, ways)]),
    ];
  });
}

const bottom = ({ y, height }: Box) => y + height;
const right = ({ x, width }: Box) => x + width;
/** What a prediction is for: its own tile, or the neurons themselves. */
const target = ({ prediction, state }: Row) => prediction ?? state;
/** Where arrows leave a tile's neurons, or reach them: under its caption, where that would be in their way. */
const under = ({ state }: Row, { line, story }: Ways) =>
  bottom(state) + (story || passable(state.width, line) ? 0 : line);
/** The height at which arrows run sideways: under the captions of the tiles, where there are any. */
function turn({ state }: Row, { lane, line, story }: Ways): number {
  if (story) return bottom(state) + lane / 2;
  return bottom(state) + line + (lane - line) * (passable(state.width, line) ? 0.4 : 0.75);
}

function down(upper: Row, lower: Row, ways: Ways): Arrow {
  const to = target(lower);
  const y0 = under(upper, ways) + 2;
  const y1 = to.y - 3;
  const x1 = ways.story
    ? to.x + Math.min(30, to.width * 0.36)
    : to.x + Math.min(to.width, upper.state.width) * (to.width < upper.state.width ? 0.5 : 0.82);
  const x0 = ways.story ? x1 : upper.state.x + upper.state.width * LEAVE;
  // What is said above a row is passed on its right.
  const at = ways.above ? to.y - 11 : turn(upper, ways);
  return {
    flow: 'down',
    from: upper.layer,
    path: elbow([x0, y0], at, [x1, y1]),
    middle: [(x0 + x1) / 2, ways.story ? (y0 + y1) / 2 : at],
  };
}

function up(upper: Row, lower: Row, ways: Ways): Arrow {
  const x0 = lower.error.x + Math.min(30, lower.error.width * 0.36);
  const x1 = right(upper.state) - Math.min(18, upper.state.width * 0.1);
  // Nearer to where it begins, so that its head stands upright.
  const at = ways.story ? bottom(upper.state) + ways.lane * 0.68 : turn(upper, ways);
  return {
    flow: 'up',
    from: lower.layer,
    path: elbow([x0, lower.error.y - 2], at, [x1, under(upper, ways) + 2]),
    middle: [(x0 + x1) / 2, at],
  };
}

/** Sideways: a loop at the right of the state neurons. */
function loop({ layer, state }: Row, { gutter }: Ways): Arrow {
  const x = right(state) + 3;
  const out = x + Math.min(26, (gutter - 6) * 1.2);
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

/** How far at the left of the states what skips a layer goes down: neighbours in two lanes. */
export const skipLane = (gutter: number, index: number): number =>
  Math.min(gutter, 34) * (index % 2 === 0 ? 0.36 : 0.64);

/** Down two layers, through the gutter at the left of the states. */
function skip(upper: Row, lower: Row, { gutter, story }: Ways, index: number): Arrow {
  const to = target(lower);
  const x0 = upper.state.x - 2;
  // In Story the arrow comes back to the column it left.
  const x1 = story ? to.x - 4 : right(to) + 4;
  const lane = upper.state.x - skipLane(gutter, index);
  const y0 = upper.state.y + upper.state.height * 0.7;
  const y1 = to.y + to.height * 0.35;
  const bend = 6;
  const end = Math.sign(x1 - lane);
  return {
    flow: 'skip',
    from: upper.layer,
    path: pathOf((path) => {
      path.moveTo(x0, y0);
      path.quadraticCurveTo(lane, y0, lane, y0 + bend);
      path.lineTo(lane, y1 - bend);
      path.quadraticCurveTo(lane, y1, lane + end * Math.min(bend, Math.abs(x1 - lane)), y1);
      path.lineTo(x1, y1);
    }),
    middle: [lane, (y0 + y1) / 2],
  };
}
