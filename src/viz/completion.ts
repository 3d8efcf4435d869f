import type { Surface } from './canvas.ts';
import { scratchCanvas } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { colourOf } from './colour.ts';
import type { Box } from './columns.ts';
import { paintHatching } from './picture.ts';

/** A picture of which a part is seen and a part hidden, and what is imagined there. */
export interface Completion {
  /** Intensities 0 … 1; where the mask hides them they are the truth. */
  readonly pixels: ArrayLike<number>;
  /** 1 = seen, 0 = hidden; null: all is seen. */
  readonly mask: ArrayLike<number> | null;
  /** What the network predicts there, 0 … 1; null while it has imagined nothing. */
  readonly imagined: ArrayLike<number> | null;
}

export interface CompletionStyle {
  /** Of what is seen. */
  readonly ink: ColourMap;
  /** Of what is imagined. */
  readonly imagined: ColourMap;
  readonly hatch: string;
  readonly hatchGround: string;
}

const WHOLE = { low: 0, high: 1 };
/** What is imagined covers the hatching altogether from here on. */
const OPAQUE = 0.45;
const NOTHING = 0;

/** A packed colour with another alpha, 0 … 255. */
const faded = (colour: number, alpha: number) =>
  ((colour & 0x00ffffff) | (Math.round(alpha) << 24)) >>> 0;

/**
 * The colours of a completion, packed as ImageData holds them: ink where it is seen, blue as strong as it is imagined where it is
 * hidden, and nothing at all where nothing is imagined, so that the hatching below stays to be seen.
 */
export function completionColours(
  { pixels, mask, imagined }: Completion,
  style: CompletionStyle,
): Uint32Array {
  return Uint32Array.from({ length: pixels.length }, (_, i) => {
    if (mask === null || mask[i] === 1) return colourOf(pixels[i]!, WHOLE, style.ink);
    if (imagined === null) return NOTHING;
    const value = imagined[i]!;
    const colour = colourOf(value, WHOLE, style.imagined);
    return Number.isFinite(value) ? faded(colour, 255 * Math.min(1, value / OPAQUE)) : colour;
  });
}

/** Paints a completion of side·side pixels into a box: hatching where it is hidden, the picture over it. */
export function paintCompletion(
  surface: Surface,
  completion: Completion,
  side: number,
  style: CompletionStyle,
  box: Box,
): void {
  const { context } = surface;
  const { mask } = completion;
  if (mask !== null) paintHatching(surface, mask, side, box, style.hatch, style.hatchGround);
  const rows = Math.ceil(completion.pixels.length / side);
  const tile = scratchCanvas(side, rows);
  const image = tile.createImageData(side, rows);
  new Uint32Array(image.data.buffer).set(completionColours(completion, style));
  tile.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(tile.canvas, 0, 0, side, rows, box.x, box.y, box.width, box.height);
}
