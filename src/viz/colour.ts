import { range, rgb, scaleLinear } from 'd3';
import type { ValueScale } from './scales.ts';
import { levelOf } from './scales.ts';

/** A colour map: 256 colours from the lowest value to the highest, as RGBA bytes packed for ImageData. */
export interface ColourMap {
  /** 0xAABBGGRR, as a little-endian Uint32Array view of ImageData holds it. */
  readonly packed: Uint32Array;
  /** What is not finite: a colour that no value has, packed likewise. */
  readonly unknown: number;
  /** The same as CSS colours, for gradients in legends. */
  readonly stops: readonly string[];
}

export type Rgb = readonly [number, number, number];

/** The colour maps of a theme. Luminance is monotone along `ink` and `activity`, and along each arm of `signed`. */
export interface Palette {
  /** Pixels: paper to ink. */
  readonly ink: ColourMap;
  /** Pixels that are predicted or imagined: paper to blue. */
  readonly imagined: ColourMap;
  /** Unsigned activity: from the background to the strongest contrast. */
  readonly activity: ColourMap;
  /** Signed values: blue (−) over a neutral zero to orange (+); told apart by people with any colour vision. */
  readonly signed: ColourMap;
  /** Where nothing is known, and the ground behind blocks. */
  readonly ground: string;
  readonly grid: string;
}

export const LEVELS = 256;

/** The colour of what is not a finite number, everywhere: nothing else on the page is pink. */
export const UNKNOWN: Rgb = [230, 0, 126];

const pack = ([r, g, b]: Rgb) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
const css = ([r, g, b]: Rgb) => rgb(r, g, b).formatRgb();

/** `UNKNOWN` as a CSS colour, for strokes and fills. */
export const UNKNOWN_CSS = css(UNKNOWN);

/** A map that runs through `anchors` at equal distances. */
export function colourMap(anchors: readonly Rgb[]): ColourMap {
  const places = anchors.map((_, i) => (i * (LEVELS - 1)) / (anchors.length - 1));
  const channel = (of: 0 | 1 | 2) =>
    scaleLinear()
      .domain(places)
      .rangeRound(anchors.map((anchor) => anchor[of]));
  const [r, g, b] = [channel(0), channel(1), channel(2)];
  const packed = Uint32Array.from(range(LEVELS), (level) => pack([r(level), g(level), b(level)]));
  return { packed, unknown: pack(UNKNOWN), stops: anchors.map(css) };
}

/** The packed colour of a value on a scale; a value that is not finite is seen as such. */
export function colourOf(value: number, scale: ValueScale, map: ColourMap): number {
  return Number.isFinite(value) ? (map.packed[levelOf(value, scale)] ?? map.unknown) : map.unknown;
}

/** The colour of a level as red, green, blue. */
export function unpack(colour: number): Rgb {
  return [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
}

/** A packed colour as CSS, for painters that fill rectangles. */
export function cssOf(colour: number): string {
  return css(unpack(colour));
}

export const LIGHT: Palette = {
  ink: colourMap([
    [255, 255, 255],
    [24, 31, 46],
  ]),
  imagined: colourMap([
    [244, 248, 253],
    [150, 188, 229],
    [58, 122, 192],
    [24, 79, 143],
    [12, 46, 92],
  ]),
  activity: colourMap([
    [250, 249, 245],
    [214, 232, 220],
    [150, 203, 187],
    [74, 160, 160],
    [36, 110, 135],
    [27, 66, 104],
    [15, 23, 50],
  ]),
  signed: colourMap([
    [16, 58, 117],
    [45, 109, 179],
    [132, 178, 221],
    [214, 228, 240],
    [250, 249, 246],
    [250, 226, 204],
    [236, 164, 104],
    [201, 98, 28],
    [128, 52, 6],
  ]),
  ground: '#dfdbd0',
  grid: '#f0ede6',
};

export const DARK: Palette = {
  ink: colourMap([
    [16, 20, 28],
    [240, 243, 248],
  ]),
  imagined: colourMap([
    [20, 28, 42],
    [32, 72, 120],
    [62, 128, 198],
    [128, 186, 246],
    [205, 229, 255],
  ]),
  activity: colourMap([
    [27, 32, 43],
    [29, 58, 82],
    [28, 94, 114],
    [42, 136, 138],
    [92, 178, 152],
    [171, 217, 172],
    [248, 250, 205],
  ]),
  signed: colourMap([
    [190, 222, 255],
    [98, 166, 238],
    [47, 107, 178],
    [33, 62, 101],
    [29, 33, 43],
    [87, 51, 27],
    [163, 83, 26],
    [239, 142, 62],
    [255, 218, 173],
  ]),
  ground: '#333c4d',
  grid: '#232a37',
};

/** What tells the layers apart in curves and labels, pixels first: shades of the hue of what is drawn. */
export interface LayerShades {
  /** Of their error neurons: oranges. */
  readonly errors: readonly string[];
  /** Of their state neurons: teals. */
  readonly states: readonly string[];
}

/** With `LAYER_DASHES` they differ without colour too. Further layers begin anew. */
export const LAYER_SHADES: Record<'light' | 'dark', LayerShades> = {
  light: {
    errors: ['#7a3504', '#b8560f', '#dd8a3d', '#a8672a'],
    states: ['#0c3f4a', '#17696f', '#3f9a96', '#2b7f8c'],
  },
  dark: {
    errors: ['#ffd2a4', '#f39a55', '#c9702b', '#e0a878'],
    states: ['#c6f0e6', '#5cc4bd', '#3a918f', '#8cd6cf'],
  },
};
export const LAYER_DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [9, 3, 2, 3],
  [4, 4],
  [1, 2],
  [12, 4],
];
