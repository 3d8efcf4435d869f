import type { Condition, Lesions, NeuronAddress } from '../../protocol/condition.ts';
import type { Cut } from '../../store/actions/meddling.ts';
import type { Change } from '../../store/changes.ts';
import { formatNumber } from '../../viz/scales.ts';
import { lesions as lesionWords } from '../network/words.ts';
import { changes as words } from './words.ts';

/** What changed, in words: as short as below an axis, and as a sentence. `symbols` names settings by their keys. */
export function changeWords(
  change: Change,
  symbols: ReadonlyMap<string, string>,
): { label: string; title: string } {
  const { before, after, picture, step, last } = change;
  const cuts = lesionChanges(before.lesions, after.lesions);
  const parts = [...cuts, ...settingChanges(before, after, symbols, cuts.length > 0)];
  if (picture) parts.push(words.picture);
  const what = parts.length > 0 ? parts.join(', ') : words.back;
  const title = step === last ? words.at(step, what) : words.from(step, last, what);
  return { label: words.label(step, what), title };
}

function lesionChanges(before: Lesions, after: Lesions): string[] {
  const cuts = (Object.keys(lesionWords.cuts) as Cut[]).filter((cut) => before[cut] !== after[cut]);
  const said = cuts.map((cut) => {
    const name = lesionWords.cuts[cut].name.toLowerCase();
    return after[cut] ? words.cut(name) : words.healed(name);
  });
  const [silenced, healed] = [gained(before, after), gained(after, before)];
  return [...said, ...silenced.map(words.silent), ...healed.map(words.healed)];
}

/** The layers and neurons that one has and the other has not. */
function gained(without: Lesions, one: Lesions): string[] {
  const layers = one.layers.filter((layer) => !without.layers.includes(layer));
  const same = (a: NeuronAddress, b: NeuronAddress) => a.layer === b.layer && a.index === b.index;
  const units = one.units.filter((unit) => !without.units.some((other) => same(unit, other)));
  const [only] = units;
  const neurons =
    only === undefined
      ? []
      : [units.length === 1 ? words.neuron(only.index, only.layer) : words.neurons(units.length)];
  return [...layers.map(words.layer), ...neurons];
}

/** Settings that act otherwise than before. What cuts also moves the leak: that is not told twice. */
function settingChanges(
  { steering: before }: Condition,
  { steering: after }: Condition,
  symbols: ReadonlyMap<string, string>,
  cut: boolean,
): string[] {
  const keys = (Object.keys(after) as (keyof typeof after)[]).filter(
    (key) => before[key] !== after[key] && !(cut && key === 'leak'),
  );
  return keys.map((key) =>
    words.setting(symbols.get(key) ?? key, formatNumber(before[key]), formatNumber(after[key])),
  );
}
