import { createRng } from '../shared/rng.ts';

/** Pixels on one side of the square the network sees. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

export const OCCLUSIONS = ['none', 'right', 'left', 'top', 'bottom', 'centre', 'random'] as const;
export type OcclusionPreset = (typeof OCCLUSIONS)[number];
/** `brush`: painted by hand. */
export type Occlusion = OcclusionPreset | 'brush';

/** Share of pixels that the random preset hides. */
const RANDOM_SHARE = 0.5;
const HALF = SIDE / 2;
const QUARTER = SIDE / 4;

const isHidden: Record<
  Exclude<OcclusionPreset, 'none' | 'random'>,
  (row: number, column: number) => boolean
> = {
  right: (_, column) => column >= HALF,
  left: (_, column) => column < HALF,
  top: (row) => row < HALF,
  bottom: (row) => row >= HALF,
  centre: (row, column) =>
    row >= QUARTER && row < SIDE - QUARTER && column >= QUARTER && column < SIDE - QUARTER,
};

/** The mask of a preset: 1 = seen, 0 = hidden; null if nothing is hidden. `seed` is for the random one. */
export function presetMask(preset: OcclusionPreset, seed = 1): Uint8Array | null {
  if (preset === 'none') return null;
  const rng = createRng(seed);
  const hidden = preset === 'random' ? () => rng.uniform() < RANDOM_SHARE : isHidden[preset];
  return Uint8Array.from({ length: PIXELS }, (_, i) =>
    hidden(Math.floor(i / SIDE), i % SIDE) ? 0 : 1,
  );
}

/** Of how much of the picture something is hidden, 0 … 1. */
export function shareHidden(mask: Uint8Array | null): number {
  return mask === null ? 0 : mask.filter((seen) => seen === 0).length / mask.length;
}

/**
 * A copy of `mask` with a disc painted: hidden, or seen again if `reveal`. Centre and radius are in pixels.
 * A mask that hides nothing any more is null.
 */
export function paintMask(
  mask: Uint8Array | null,
  x: number,
  y: number,
  radius: number,
  reveal: boolean,
): Uint8Array | null {
  const painted = mask === null ? new Uint8Array(PIXELS).fill(1) : mask.slice();
  for (let i = 0; i < PIXELS; i++) {
    const dx = (i % SIDE) + 0.5 - x;
    const dy = Math.floor(i / SIDE) + 0.5 - y;
    if (dx * dx + dy * dy <= radius * radius) painted[i] = reveal ? 1 : 0;
  }
  return painted.includes(0) ? painted : null;
}

/**
 * Squared error of `x` against the drawing, summed over the hidden pixels (the drawing counts as the network
 * sees it: black or white). Null if nothing is hidden.
 */
export function hiddenError(
  x: ArrayLike<number>,
  drawing: ArrayLike<number>,
  mask: Uint8Array | null,
): number | null {
  return mask === null ? null : squaredError(x, drawing, (i) => mask[i] !== 1);
}

/** The same over all pixels, or those that count. */
export function squaredError(
  x: ArrayLike<number>,
  drawing: ArrayLike<number>,
  counts: (pixel: number) => boolean = () => true,
): number {
  let sum = 0;
  for (let i = 0; i < drawing.length; i++) {
    if (!counts(i)) continue;
    const miss = (x[i] ?? 0) - (drawing[i]! > 0.5 ? 1 : 0);
    sum += miss * miss;
  }
  return sum;
}

/** How many pixels of ink are hidden: the squared error of a blank guess. Null if nothing is hidden. */
export function hiddenInk(drawing: ArrayLike<number>, mask: Uint8Array | null): number | null {
  return hiddenError(new Float32Array(drawing.length), drawing, mask);
}
