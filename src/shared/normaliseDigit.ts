/*
 * Makes a drawing look as MNIST's digits were made to: the ink's bounding box fitted to 20×20 with its proportions
 * kept, grey edges from averaging, and the centre of mass in the middle of 28×28 (Y. LeCun, L. Bottou, Y. Bengio,
 * P. Haffner, "Gradient-based learning applied to document recognition", 1998, III-A).
 */

const SIDE = 28;
const BOX = 20;
/** Fainter than this is no ink: the soft rim of a brush must not widen the box. */
const INK = 0.1;
/** A dot is not blown up to a blot: the box counts as at least this part of the canvas. */
const SMALLEST = 1 / 4;

/**
 * A square grey drawing as a 28×28 digit.
 * @param values size·size intensities in 0 … 1, row-major, ink = 1, of a square of any size.
 * @returns 784 intensities in 0 … 1; all 0 for an empty drawing.
 * @throws RangeError when the values are not a square.
 */
export function normaliseDigit(values: ArrayLike<number>): Float32Array {
  const size = Math.sqrt(values.length);
  if (!Number.isInteger(size)) throw new RangeError(`${values.length} values are not a square`);
  const result = new Float32Array(SIDE * SIDE);
  const placement = placementOf(values);
  if (!placement) return result;
  const { x: originX, y: originY, scale } = placement;

  const area = areaSums(values, size);
  const edgeX = (x: number) => Math.min(size, Math.max(0, (x - originX) / scale));
  const edgeY = (y: number) => Math.min(size, Math.max(0, (y - originY) / scale));
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const [x0, x1, y0, y1] = [edgeX(x), edgeX(x + 1), edgeY(y), edgeY(y + 1)];
      const sum = area(x1, y1) - area(x0, y1) - area(x1, y0) + area(x0, y0);
      result[y * SIDE + x] = Math.min(1, Math.max(0, sum * scale * scale));
    }
  return result;
}

/** Where a drawing comes to lie: its origin, in pixels of the 28×28 digit, and how many of those one of its pixels measures. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/**
 * Where `normaliseDigit` puts a drawing; null for an empty one.
 * @param values size·size intensities in 0 … 1, ink = 1.
 */
export function placementOf(values: ArrayLike<number>): Placement | null {
  const size = Math.sqrt(values.length);
  const ink = measure(values, size);
  if (!ink) return null;
  const side = Math.max(ink.right - ink.left, ink.bottom - ink.top, size * SMALLEST);
  const scale = BOX / side;
  // A lopsided drawing is pulled back so that nothing is cut off.
  return {
    x: place(ink.massX, ink.left, ink.right, scale),
    y: place(ink.massY, ink.top, ink.bottom, scale),
    scale,
  };
}

/**
 * The square that the sheet of a drawing covers on its way to its place, in pixels of the 28×28 digit.
 * @param size pixels on a side of the sheet.
 * @param progress 0: as drawn, the whole canvas; 1: where the digit is seen. It sets out and arrives gently.
 */
export function onTheWay({ x, y, scale }: Placement, size: number, progress: number) {
  const t = Math.min(1, Math.max(0, progress));
  const eased = t * t * (3 - 2 * t);
  return { x: x * eased, y: y * eased, side: SIDE + (size * scale - SIDE) * eased };
}

interface Ink {
  /** The bounding box, in pixels of the drawing; right and bottom lie just outside. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly massX: number;
  readonly massY: number;
}

function measure(values: ArrayLike<number>, size: number): Ink | null {
  let [left, right, top, bottom] = [size, 0, size, 0];
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const value = values[y * size + x]!;
      if (!(value > INK)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  return mass === 0 ? null : { left, right, top, bottom, massX: massX / mass, massY: massY / mass };
}

/** The origin that puts the mass in the middle, moved as little as keeps the box inside. */
function place(mass: number, from: number, to: number, scale: number): number {
  const origin = SIDE / 2 - mass * scale;
  return Math.min(SIDE - to * scale, Math.max(-from * scale, origin));
}

/**
 * The sum of all ink left of and above any point, also between pixels: a table of sums at the corners of pixels, read
 * by bilinear interpolation, which is exact where each pixel is of one shade.
 */
export function areaSums(
  values: ArrayLike<number>,
  size: number,
): (x: number, y: number) => number {
  const width = size + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      sums[(y + 1) * width + x + 1] =
        values[y * size + x]! +
        sums[y * width + x + 1]! +
        sums[(y + 1) * width + x]! -
        sums[y * width + x]!;
  return (x, y) => {
    const column = Math.min(size - 1, Math.floor(x));
    const row = Math.min(size - 1, Math.floor(y));
    const [fx, fy] = [x - column, y - row];
    const at = row * width + column;
    const upper = sums[at]! * (1 - fx) + sums[at + 1]! * fx;
    const lower = sums[at + width]! * (1 - fx) + sums[at + width + 1]! * fx;
    return upper * (1 - fy) + lower * fy;
  };
}
