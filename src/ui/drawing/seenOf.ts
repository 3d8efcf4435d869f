import { normaliseDigit } from '../../shared/normaliseDigit.ts';
import { PIXELS } from '../../store/occlusion.ts';
import { pixelsOf } from '../../viz/strokes.ts';

/** What a network sees of a sheet. Rubbing out leaves the rest where it is; drawing centres and scales as MNIST did. */
export function seenOf(sheet: Float32Array, erasing: boolean): Float32Array {
  if (erasing) return pixelsOf(sheet);
  return sheet.some((value) => value > 0.5) ? normaliseDigit(sheet) : new Float32Array(PIXELS);
}
