import type { RangeControl } from '../../exhibits/exhibit.ts';

type Scale = Pick<RangeControl, 'min' | 'max' | 'step' | 'scale'>;

/** Values have so many digits at the most. */
const DIGITS = 4;

/** The last place of a slider; the first is 0. */
export const places = ({ min, max, step, scale }: Scale): number =>
  Math.round(scale === 'logarithmic' ? Math.log(max / min) / Math.log(step) : (max - min) / step);

/** The place that is nearest to a value. */
export function placeOf(range: Scale, value: number): number {
  const { min, max, scale } = range;
  const share =
    scale === 'logarithmic' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min); // prettier-ignore
  return Math.round(share * places(range));
}

/** The value at a place: never beyond the ends. */
export function valueOf(range: Scale, place: number): number {
  const { min, max, scale } = range;
  const share = place / places(range);
  const value = scale === 'logarithmic' ? min * (max / min) ** share : min + (max - min) * share;
  return Math.min(max, Math.max(min, Number(value.toPrecision(DIGITS))));
}
