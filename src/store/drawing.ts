import type { Occlusion } from './occlusion.ts';
import { PIXELS } from './occlusion.ts';

/** A picture as the network is shown it. */
export type Picture = Pick<Drawing, 'pixels' | 'mask' | 'origin'>;

/** The origin of what the user has drawn. */
export const OWN_DRAWING = 'your drawing';

/** What the drawing canvas holds: one entry of its undo history. */
export interface Drawing {
  /** 28·28 intensities, 0 … 1. */
  readonly pixels: Float32Array;
  /** 1 = seen, 0 = hidden; null = nothing hidden. */
  readonly mask: Uint8Array | null;
  readonly occlusion: Occlusion;
  /** What the digit is, where that is known ("an example of class 5"). */
  readonly origin: string;
}

export const BLANK: Drawing = {
  pixels: new Float32Array(PIXELS),
  mask: null,
  occlusion: 'none',
  origin: '',
};

/** Whether anything was drawn where the network may not look. */
export function hidesInk({ pixels, mask }: Pick<Drawing, 'pixels' | 'mask'>): boolean {
  return mask !== null && mask.some((seen, i) => seen === 0 && pixels[i]! > 0.5);
}

/** Whether two pictures are the same one. Their arrays are never written to: another picture has others. */
export function isSame(
  one: Pick<Drawing, 'pixels' | 'mask'> | null,
  other: Pick<Drawing, 'pixels' | 'mask'> | null,
): boolean {
  return one?.pixels === other?.pixels && one?.mask === other?.mask;
}

/** Whether the network would see anything: it reads a pixel as on from ½ upwards. */
export function isBlank({ pixels }: Pick<Drawing, 'pixels'>): boolean {
  return !pixels.some((value) => value > 0.5);
}
