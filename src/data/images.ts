import { normaliseDigit } from '../shared/normaliseDigit.ts';
import { HEIGHT, PIXELS, WIDTH } from './dataset.ts';

/*
 * Pictures from image files (PNG, JPEG …): as grey, as ink on an empty page, taken out of strips and sheets, and as the 28×28
 * the network sees.
 */

/** A picture as ink: width·height intensities in 0 … 1, row by row, 0 = background. */
export interface InkImage {
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
}

/** Less contrast than this is an empty page. */
const CONTRAST = 0.1;
/** Ink, and the share of it on the lines between the cells of a sheet that a sheet may have. */
const INK = 0.3;
const TOUCHING = 0.02;

/**
 * The ink of an image: how much darker than its corners it is, where those are bright, else how much brighter; the most is 1.
 * What is transparent counts as white paper.
 * @param rgba width·height·4 bytes, as a canvas gives them.
 */
export function inkOf(rgba: ArrayLike<number>, width: number, height: number): InkImage {
  const grey = Float32Array.from({ length: width * height }, (_, i) => {
    const [r, g, b, a] = [rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!, rgba[4 * i + 3]! / 255];
    // Luma by ITU-R BT.601.
    return a * ((0.299 * r + 0.587 * g + 0.114 * b) / 255) + 1 - a;
  });
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  const paper = corners.reduce((sum, i) => sum + grey[i]!, 0) / corners.length;
  const sign = paper > 0.5 ? -1 : 1;
  let most = 0;
  for (const value of grey) most = Math.max(most, sign * (value - paper));
  const scale = most < CONTRAST ? 0 : 1 / most;
  return { width, height, ink: grey.map((value) => Math.max(0, sign * (value - paper) * scale)) };
}

function cut({ width, ink }: InkImage, left: number, top: number, w: number, h: number): InkImage {
  const part = new Float32Array(w * h);
  for (let y = 0; y < h; y++)
    part.set(ink.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  return { width: w, height: h, ink: part };
}

/** Whether hardly any ink lies on the lines between cells of 28×28: a large picture of one thing has some there. */
function dividesCleanly({ width, height, ink }: InkImage): boolean {
  let [onLines, inked] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = x % WIDTH;
      const row = y % HEIGHT;
      const outside = x === 0 || y === 0 || x === width - 1 || y === height - 1;
      const line = column === 0 || column === WIDTH - 1 || row === 0 || row === HEIGHT - 1;
      if (outside || !line) continue;
      onLines++;
      if (ink[y * width + x]! > INK) inked++;
    }
  return inked <= TOUCHING * onLines;
}

/**
 * The pictures an image holds. A sheet of cells of 28×28 is divided into them; a strip whose one side is a multiple of the other,
 * into squares; anything else is one picture. Empty cells are left out.
 */
export function picturesIn(image: InkImage): InkImage[] {
  const { width, height } = image;
  const isSheet =
    width % WIDTH === 0 &&
    height % HEIGHT === 0 &&
    width * height > PIXELS &&
    (width !== height || dividesCleanly(image));
  const short = Math.min(width, height);
  const isStrip = width !== height && Math.max(width, height) % short === 0;
  if (!isSheet && !isStrip) return [image];
  const side = isSheet ? WIDTH : short;
  const cells: InkImage[] = [];
  for (let top = 0; top < height; top += side)
    for (let left = 0; left < width; left += side) cells.push(cut(image, left, top, side, side));
  return cells.filter(({ ink }) => ink.some((value) => value > INK));
}

/** A picture in the middle of a square of paper, as large as its longer side. */
export function squareOf({ width, height, ink }: InkImage): { side: number; ink: Float32Array } {
  const side = Math.max(width, height);
  if (width === height) return { side, ink };
  const square = new Float32Array(side * side);
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  for (let y = 0; y < height; y++)
    square.set(ink.subarray(y * width, (y + 1) * width), (top + y) * side + left);
  return { side, ink: square };
}

/**
 * A picture as the network is shown one, 784 intensities: of 28×28 as it is, any other centred and scaled as drawn digits are.
 */
export function digitOf(image: InkImage): Float32Array {
  const { side, ink } = squareOf(image);
  return side === WIDTH ? ink : normaliseDigit(ink);
}
