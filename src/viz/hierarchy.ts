import type { Arrow } from './arrows.ts';
import { arrowsOf, roomUnder, skipLane } from './arrows.ts';
import type { Box, ColumnLayout } from './columns.ts';
import { stageColumns } from './columns.ts';

/** One layer on screen. Layer 0, the pixels, has pictures instead of column layouts. */
export interface HierarchyRow {
  readonly layer: number;
  /** The picture that the layer believes in; the pixels have none. */
  readonly belief: Box | null;
  /** What there is to say about the layer. */
  readonly label: Box;
  /** What is predicted for it; null where that has no tile of its own. */
  readonly prediction: Box | null;
  /** The state neurons; of the pixels, the picture itself. */
  readonly state: Box;
  readonly error: Box;
  readonly columns: ColumnLayout | null;
}

export interface HierarchyLayout {
  readonly rows: readonly HierarchyRow[];
  readonly arrows: readonly Arrow[];
  /** Left edges and widths of the columns, for their headings: belief, prediction (not in Story), state, error. */
  readonly headings: readonly Box[];
  /** The side of every cell. */
  readonly cell: number;
  /** The height of the room under each row, where arrows go and captions stand. */
  readonly lane: number;
  /** Tiles are too small for all that could be said of them. */
  readonly terse: boolean;
  /** Belief and label stand above the tiles of a row, over the predictions: beside them there is no room. */
  readonly above: boolean;
  readonly width: number;
  readonly height: number;
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
  /** Story has no predictions of hidden layers; the picture stands under the beliefs. */
  readonly density: 'story' | 'numbers';
  readonly line: number;
}

const LARGEST_CELL = 24;
/** Below this width (in lines of type) three tiles and a belief do not stand side by side. */
const NARROW = 36;
/** A belief beside its layer is at least this high (px), if its row is. */
const LEAST_BELIEF = 72;

/** Below this width of a tile (in lines of type) little is said. */
const TERSE = 11;
/** Arrows are at least so long (px). */
const LEAST_LANE = 22;
/** What is said beside its row, under the belief, is so wide, in lines of type. */
const SAID_BESIDE = 4.6;
/** A belief above its row, and what is said beside it, in lines of type. */
const [ABOVE_BELIEF, SAID_ABOVE] = [2.3, 3] as const;
/** Between what stands above a row and its tiles a prediction comes in from the side (px). */
const ENTRY = 18;

/** Sizes of everything for cells of a given side. */
interface Measures {
  readonly layouts: readonly ColumnLayout[];
  readonly cell: number;
  /** Tiles side by side. */
  readonly tiles: number;
  readonly tileWidth: number;
  readonly belief: number;
  /** The width of the column of beliefs, and of what stands under them; 0 where they stand above. */
  readonly aside: number;
  /** Beliefs stand above their rows. */
  readonly above: boolean;
  readonly gutter: number;
  readonly lane: number;
  readonly heading: number;
  readonly picture: number;
  readonly terse: boolean;
  readonly note: number;
  /** How high it is what stands above a row, and above the pictures, where there is no room beside them. */
  readonly words: number;
  readonly strip: number;
  readonly width: number;
  readonly height: number;
}

/** What everything needs at the least with cells of this side, beliefs beside their rows or above them. */
function measures(input: HierarchyInput, above: boolean, cell: number): Measures {
  const { sizes, groups, line, density } = input;
  const layouts = sizes.slice(1).map((size, i) => stageColumns(size, groups[i] ?? 0, cell));
  const tiles = density === 'numbers' ? 3 : 2;
  const tileWidth = Math.max(...layouts.map(({ width }) => width));
  const lowest = Math.min(...layouts.map(({ height }) => height));
  const gutter = input.width < NARROW * line ? 14 : 18;
  // A line of words, or, where scales stand under the tiles, those and arrows that pass below them.
  const lane =
    density === 'story'
      ? Math.max(LEAST_LANE, line)
      : roomUnder(
          layouts.map(({ width }) => width),
          line,
        );
  const heading = Math.round(1.35 * line);
  const belief = above ? Math.round(ABOVE_BELIEF * line) : LEAST_BELIEF;
  const picture = Math.max(
    Math.min(density === 'story' ? LEAST_BELIEF : 64, tileWidth),
    Math.round(0.5 * lowest),
  );
  const terse = tileWidth < TERSE * line;
  // Under the pictures stand their scales, or what they are.
  const note = density === 'story' && terse ? 0 : Math.ceil(line);
  const [words, strip] = above ? [SAID_ABOVE * line + ENTRY, line + ENTRY] : [0, 0];
  return extended({
    ...{ layouts, cell, tiles, tileWidth, belief, aside: above ? 0 : belief, above, gutter, lane, heading, picture, terse, note, words, strip }, // prettier-ignore
  });
}

/** With how wide and high everything is then. */
function extended(parts: Omit<Measures, 'width' | 'height'>): Measures {
  const { layouts, tiles, tileWidth, aside, above, gutter, lane, heading, picture, note, words, strip } = parts; // prettier-ignore
  const rows = layouts.reduce((sum, { height }) => sum + words + height + lane, 0);
  return {
    ...parts,
    width: (above ? 0 : aside + gutter) + tiles * tileWidth + (tiles - 1) * gutter,
    height: heading + rows + strip + picture + note,
  };
}

/** The largest whole cells that fit, or, in little room, the largest fraction of one. */
function fitted(input: HierarchyInput, above: boolean): Measures {
  const room = input.height ?? Infinity;
  let cell = LARGEST_CELL;
  for (;;) {
    const found = measures(input, above, cell);
    if ((found.width <= input.width && found.height <= room) || cell <= 0.5) return found;
    cell -= cell > 4 ? 1 : 0.25;
  }
}

/** The same, with beliefs beside their rows, or, in a narrow room, above them where neurons are larger then. */
function largest(input: HierarchyInput): Measures {
  const beside = fitted(input, false);
  if (input.density === 'story' || input.width >= NARROW * input.line) return beside;
  const above = fitted(input, true);
  return above.cell > beside.cell ? above : beside;
}

/** Gives the room that is left over to beliefs, pictures, lanes and gutters. */
function relaxed(least: Measures, input: HierarchyInput): Measures {
  const { layouts, tiles, above, tileWidth } = least;
  const { line } = input;
  const lowest = Math.min(...layouts.map(({ height }) => height));
  const gutters = tiles - (above ? 1 : 0);
  let wide = Math.max(0, input.width - least.width);
  let high = Math.max(0, (input.height ?? least.height) - least.height);
  // Beliefs first: under each is room for what is said of its layer, two lines in Story, four else.
  const lines = input.density === 'numbers' ? 4 : least.terse ? 1 : 2;
  const room = lowest + least.lane - 6 - lines * Math.ceil(line);
  const most = above ? least.belief : room;
  const belief = Math.min(Math.max(most, 2 * line), least.belief + wide * 0.6);
  const said = input.density === 'numbers' ? SAID_BESIDE * line : 0;
  const aside = above ? 0 : Math.max(belief, Math.min(said, least.aside));
  wide -= aside - least.aside;
  const gutter = Math.min(least.gutter + wide / gutters, 4 * line);
  const picture = Math.min(least.picture + high * 0.4, lowest, tileWidth);
  high -= picture - least.picture;
  const lane = Math.min(least.lane + high / layouts.length, 4 * line);
  const [b, a, g, p, n] = [belief, aside, gutter, picture, lane].map(Math.floor) as [number, number, number, number, number]; // prettier-ignore
  return extended({ ...least, belief: b, aside: a, gutter: g, picture: p, lane: n });
}

/**
 * Where everything of the generative hierarchy lies: a fixed grid, the top layer above; belief | prediction | state | error from left
 * to right, so that predictions run down at the left, errors up at the right, and no arrows cross. Story leaves the predictions of
 * hidden layers out. The tiles of a layer have one size in all columns, and neurons their place whatever the room.
 */
export function hierarchyLayout(input: HierarchyInput): HierarchyLayout {
  const { width, density, auxiliary, groups, line } = input;
  const found = relaxed(largest(input), input);
  const { layouts, tileWidth, belief, aside, above, gutter, lane, heading, picture, words, strip } = found; // prettier-ignore
  const story = density === 'story';
  const left = Math.max(0, Math.floor((width - found.width) / 2));
  const first = left + (above ? 0 : aside + gutter);
  const column = (index: number) => first + index * (tileWidth + gutter);
  const [predictions, states, errors] = story
    ? [null, column(0), column(1)]
    : [column(0), column(1), column(2)];

  // Above a row words stand over the predictions: arrows pass further to the right.
  const said = tileWidth + gutter - skipLane(gutter, 1) - 3;
  let y = heading;
  const rows: HierarchyRow[] = [];
  for (let layer = layouts.length; layer > 0; layer--) {
    const columns = layouts[layer - 1]!;
    const top = y + words;
    const tile = (x: number): Box => ({ x, y: top, width: columns.width, height: columns.height });
    const label: Box = above
      ? { x: left + belief + 6, y, width: said - belief - 6, height: words - ENTRY }
      : {
          x: left,
          y: top + belief + 2,
          width: story ? belief : aside + gutter - 4,
          height: columns.height - belief + lane - 4,
        };
    rows.push({
      layer,
      belief: { x: left, y, width: belief, height: belief },
      label,
      prediction: predictions === null ? null : tile(predictions),
      state: tile(states),
      error: tile(errors),
      columns,
    });
    y = top + columns.height + lane;
  }
  y += strip;
  const square = (x: number, side = picture): Box => ({ x, y, width: side, height: side });
  const seen = Math.min(picture, belief);
  rows.push({
    layer: 0,
    belief: null,
    label: story
      ? { x: left, y: y + seen + 2, width: aside + gutter - 4, height: line }
      : above
        ? { x: left, y: y - strip, width: said, height: line }
        : { x: left, y, width: aside + gutter - 4, height: picture + found.note },
    prediction: square(predictions ?? states),
    state: story ? square(left, seen) : square(states),
    error: square(errors),
    columns: null,
  });
  const columnsOf = story ? [states, errors] : [column(0), states, errors];
  return {
    rows,
    arrows: arrowsOf(rows, { groups, auxiliary, gutter, lane, line, story, above }),
    headings: [
      { x: left, y: 0, width: above ? 0 : aside + gutter - 4, height: heading },
      ...columnsOf.map((x) => ({ x, y: 0, width: Math.min(tileWidth + gutter, width - x), height: heading })), // prettier-ignore
    ],
    cell: found.cell,
    lane,
    terse: found.terse,
    above,
    width,
    height: y + picture + found.note,
  };
}
