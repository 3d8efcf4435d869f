import type { Lesions } from '../../protocol/condition.ts';
import type { Cut } from '../../store/actions/meddling.ts';
import { lesions as words } from './words.ts';

/** What is cut, in words. */
export function lesionNames({ layers, units, ...cuts }: Lesions): string[] {
  const names = (Object.keys(words.cuts) as Cut[])
    .filter((cut) => cuts[cut])
    .map((cut) => words.isCut(words.cuts[cut].label));
  for (const layer of layers) names.push(words.silentLayer(layer));
  const [unit] = units;
  if (unit !== undefined)
    names.push(
      units.length === 1
        ? words.silentUnit(unit.index, unit.layer)
        : words.silentUnits(units.length),
    );
  return names;
}
