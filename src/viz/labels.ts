/** Moves labels down and up until none overlap; returns their y in the order given. */
export function spreadLabels(
  wanted: readonly number[],
  height: number,
  low: number,
  high: number,
): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const placed: number[] = [];
  let floor = low;
  for (const entry of order) {
    const y = Math.max(entry.y, floor);
    placed.push(y);
    floor = y + height;
  }
  let ceiling = high;
  for (let k = placed.length - 1; k >= 0; k--) {
    placed[k] = Math.min(placed[k]!, ceiling);
    ceiling = placed[k]! - height;
  }
  const result = new Array<number>(wanted.length);
  order.forEach(({ i }, k) => (result[i] = placed[k]!));
  return result;
}

/** What stands beside the end of a curve. */
export interface EndLabel {
  readonly name: string;
  /** After the name; empty for none. */
  readonly value: string;
  readonly colour: string;
  /** Where it stands in the middle, in CSS pixels from the top. */
  readonly y: number;
}

/** Writes the name and the value of a curve at `x`. */
export function paintEndLabel(
  context: CanvasRenderingContext2D,
  x: number,
  { name, value, colour, y }: EndLabel,
  { font, fontSize }: { readonly font: string; readonly fontSize: number },
): void {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.font = `600 ${fontSize}px ${font}`;
  context.fillText(name, x, y);
  if (value === '') return;
  const width = context.measureText(`${name} `).width;
  context.font = `${fontSize}px ${font}`;
  context.fillText(value, x + width + 3, y);
}
