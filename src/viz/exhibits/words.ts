import type { ExhibitLook } from './exhibitPicture.ts';

export interface WordStyle {
  readonly colour: string;
  readonly align?: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
  /** Of the look's own size; 1 if not said. */
  readonly scale?: number;
  readonly bold?: boolean;
}

const fontOf = ({ type, font }: ExhibitLook, scale: number, bold: boolean) =>
  `${bold ? '600 ' : ''}${Math.max(11, type * scale)}px ${font}`;

/** Writes one line; answers how wide it is. */
export function write(
  context: CanvasRenderingContext2D,
  look: ExhibitLook,
  text: string,
  [x, y]: readonly [number, number],
  { colour, align = 'left', baseline = 'alphabetic', scale = 1, bold = false }: WordStyle,
): number {
  context.font = fontOf(look, scale, bold);
  context.fillStyle = colour;
  context.textAlign = align;
  context.textBaseline = baseline;
  context.fillText(text, x, y);
  return context.measureText(text).width;
}

/** A letter with a number set below the line: W₁₂. */
export const numbered = (letter: string, number: number): string =>
  letter + String(number).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]!);

/** How wide a line would be. */
export function widthOf(
  context: CanvasRenderingContext2D,
  look: ExhibitLook,
  text: string,
  { scale = 1, bold = false }: Pick<WordStyle, 'scale' | 'bold'> = {},
): number {
  context.font = fontOf(look, scale, bold);
  return context.measureText(text).width;
}

/** The first of several wordings that is no wider than the room; the last one where none is. */
export function fitting(
  context: CanvasRenderingContext2D,
  look: ExhibitLook,
  wordings: readonly [string, ...string[]],
  room: number,
  style: Pick<WordStyle, 'scale' | 'bold'> = {},
): string {
  const fit = wordings.find((text) => widthOf(context, look, text, style) <= room);
  return fit ?? wordings.at(-1)!;
}

/** Wordings of where images come from, the longest first: "learnt from MNIST (beside the page)", "learnt from MNIST", "MNIST". */
export function sourceWordings(words: string, source: string): [string, string, string] {
  const [title = source] = source.split(' (');
  return [`${words} ${source}`, `${words} ${title}`, title];
}

/** What a colour stands for. */
export interface Key {
  readonly name: string;
  readonly colour: string;
  readonly dash?: readonly number[];
  /** A filled square for areas; else a stroke. */
  readonly isArea?: boolean;
}

/** A legend from left to right, breaking into rows where it must; answers the height it takes. */
export function paintKeys(
  context: CanvasRenderingContext2D,
  look: ExhibitLook,
  keys: readonly Key[],
  [left, top]: readonly [number, number],
  width: number,
): number {
  const line = look.type * 1.5;
  let [x, y] = [left, top];
  for (const { name, colour, dash = [], isArea = false } of keys) {
    const taken = 22 + widthOf(context, look, name);
    if (x > left && x + taken > left + width) [x, y] = [left, y + line];
    const middle = y + line / 2;
    if (isArea) {
      context.fillStyle = colour;
      context.fillRect(x, middle - 5, 12, 10);
    } else {
      context.strokeStyle = colour;
      context.lineWidth = 2.5;
      context.setLineDash([...dash]);
      context.beginPath();
      context.moveTo(x, middle);
      context.lineTo(x + 16, middle);
      context.stroke();
      context.setLineDash([]);
    }
    write(context, look, name, [x + 22, middle], { colour: look.colours.ink, baseline: 'middle' });
    x += taken + 18;
  }
  return y + line - top;
}
