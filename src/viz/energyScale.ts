import { extent, scaleLinear, scaleLog } from 'd3';

/** An axis for error energies: one for all layers, logarithmic down to `low`, and linear from there to 0. */
export interface EnergyScale {
  /** Where an energy lies, in CSS pixels. */
  (energy: number): number;
  /** Energies to be written beside the axis, the smallest first; they stand at least `apart` pixels from each other. */
  ticks(apart: number): number[];
}

/** At most so many powers of ten below the largest energy are told apart, and at least one. */
const MOST_DECADES = 4;
/** So many pixels at the bottom lead from 0 to where the logarithmic part begins. */
const FOOT = 9;
/** The round numbers of a power of ten. */
const ROUND = [1, 2, 5] as const;

/** The round numbers 1, 2, 5, 10, 20 … around two energies. */
function roundNumbers(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return powers.flatMap((power) => ROUND.map((digit) => Number(`${digit}e${power}`)));
}

/**
 * The axis that holds all energies, from `bottom` to `top` in CSS pixels. It begins and ends at round numbers, so that it does not
 * tremble while steps come in. What is not finite does not count; without any energy above 0 it goes from 0 to 1.
 */
export function energyScale(
  energies: readonly (readonly number[])[],
  bottom: number,
  top: number,
): EnergyScale {
  const known = energies.flat().filter((energy) => Number.isFinite(energy) && energy > 0);
  const [least = 0.1, most = 1] = extent(known);
  const floor = Math.max(Math.min(least, most / 10), most / 10 ** MOST_DECADES);
  const round = roundNumbers(floor, most);
  const high = round.find((number) => number >= most) ?? most;
  const below = round.findLast((number) => number <= floor && number < high);
  const low = below ?? high / 10;
  const upper = scaleLog([low, high], [bottom - FOOT, top]);
  const lower = scaleLinear([0, low], [bottom, bottom - FOOT]);
  const place = (energy: number) => (energy >= low ? upper(energy) : lower(Math.max(0, energy)));
  const within = round.filter((number) => number >= low && number <= high);
  const powers = within.filter((number) => number.toExponential(0).startsWith('1e'));
  return Object.assign(place, {
    ticks(apart: number): number[] {
      // Powers of ten are read most easily; where there is only one, all round numbers.
      const wanted = powers.length > 1 ? powers : within;
      const chosen = [0];
      for (const tick of wanted)
        if (place(chosen.at(-1) ?? 0) - place(tick) >= apart) chosen.push(tick);
      return chosen;
    },
  });
}
