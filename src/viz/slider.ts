/** What a slider runs over: evenly, or in ratios. */
export interface SliderRange {
  readonly from: number;
  readonly to: number;
  readonly log?: true;
}

/** Three digits are as fine as a hand moves. */
const DIGITS = 3;

/** Where a value lies on its slider, 0 … 1; beyond its ends, at them. */
export function sliderPlace({ from, to, log }: SliderRange, value: number): number {
  const place =
    log === true ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.min(1, Math.max(0, place));
}

/** The value at a place of a slider, 0 … 1, to three digits; `whole`: the nearest whole number. */
export function valueAt({ from, to, log }: SliderRange, place: number, whole: boolean): number {
  const value = log === true ? from * (to / from) ** place : from + place * (to - from);
  return whole ? Math.round(value) : Number(value.toPrecision(DIGITS));
}
