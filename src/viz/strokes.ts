/**
 * The sheet a person draws on: a fine square of grey values (0 … 1), much finer than the 28×28 the network sees, so that
 * strokes are smooth.
 */
export const SHEET = 280;
const SIDE = 28;
const FINE = SHEET / SIDE;

export interface Point {
  /** In pixels of the 28·28 square. */
  readonly x: number;
  readonly y: number;
}

/** Width of the soft edge of a stroke, in sheet pixels. */
const SOFT = 1.5;

/** Draws a round stroke of radius `radius` (in 28·28 pixels) from a to b into the sheet, or rubs it out. */
export function stroke(
  sheet: Float32Array,
  a: Point,
  b: Point,
  radius: number,
  erase: boolean,
): void {
  const r = radius * FINE;
  const [ax, ay, bx, by] = [a.x * FINE, a.y * FINE, b.x * FINE, b.y * FINE];
  const reach = r + SOFT;
  const from = (v: number) => Math.max(0, Math.floor(v - reach));
  const to = (v: number) => Math.min(SHEET - 1, Math.ceil(v + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  for (let y = from(Math.min(ay, by)); y <= to(Math.max(ay, by)); y++)
    for (let x = from(Math.min(ax, bx)); x <= to(Math.max(ax, bx)); x++) {
      const px = x + 0.5 - ax;
      const py = y + 0.5 - ay;
      const along = length > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const cover = Math.max(0, Math.min(1, (r + SOFT / 2 - distance) / SOFT));
      const i = y * SHEET + x;
      sheet[i] = erase ? Math.min(sheet[i]!, 1 - cover) : Math.max(sheet[i]!, cover);
    }
}

/** The 28·28 picture as a smooth sheet to go on drawing on (bilinear, edges sharpened again). */
export function sheetOf(pixels: ArrayLike<number>): Float32Array {
  const sheet = new Float32Array(SHEET * SHEET);
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || row >= SIDE || column >= SIDE ? 0 : pixels[row * SIDE + column]!;
  for (let y = 0; y < SHEET; y++) {
    const v = (y + 0.5) / FINE - 0.5;
    const row = Math.floor(v);
    for (let x = 0; x < SHEET; x++) {
      const u = (x + 0.5) / FINE - 0.5;
      const column = Math.floor(u);
      const [fu, fv] = [u - column, v - row];
      const top = at(row, column) * (1 - fu) + at(row, column + 1) * fu;
      const low = at(row + 1, column) * (1 - fu) + at(row + 1, column + 1) * fu;
      const value = top * (1 - fv) + low * fv;
      // Smoothstep around ½ undoes the blur without moving the edge.
      const t = Math.max(0, Math.min(1, (value - 0.25) / 0.5));
      sheet[y * SHEET + x] = t * t * (3 - 2 * t);
    }
  }
  return sheet;
}

/** The sheet as the 28·28 picture at the same place: the mean of each pixel's square. */
export function pixelsOf(sheet: Float32Array): Float32Array {
  const pixels = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SHEET; y++)
    for (let x = 0; x < SHEET; x++)
      pixels[Math.floor(y / FINE) * SIDE + Math.floor(x / FINE)]! += sheet[y * SHEET + x]!;
  return pixels.map((sum) => sum / (FINE * FINE));
}
