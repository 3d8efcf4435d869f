import { NGC } from '../experiments/rows.ts';
import { spreadOf } from '../experiments/spread.ts';
import type { ComparedCurve, ComparedRun } from '../protocol/runs.ts';
import type { SettingDescription } from './settingValues.ts';

/** Runs that differ in nothing but their seed. */
export interface RunGroup {
  readonly name: string;
  readonly runs: readonly ComparedRun[];
}

/** A point of a group's curve: the mean over its runs, and their standard deviation (n − 1); null of one. */
export interface GroupPoint {
  readonly images: number;
  readonly mean: number;
  readonly deviation: number | null;
}

/** Something in which groups differ, and what each of them has. */
export interface Difference {
  readonly what: string;
  readonly values: readonly string[];
}

const said = (value: unknown): string =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'); // prettier-ignore
const makeOf = ({ card, config }: ComparedRun) =>
  JSON.stringify([card.dataset, Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Runs with the same settings and images, and different seeds, are one group: they are repetitions. In the order they come in. */
export function groupsOf(runs: readonly ComparedRun[]): readonly RunGroup[] {
  const groups: { make: string; runs: ComparedRun[] }[] = [];
  for (const run of runs) {
    const make = makeOf(run);
    const seeds = (group: (typeof groups)[number]) => group.runs.map(({ card }) => card.seed);
    const found = groups.find((group) => group.make === make && !seeds(group).includes(run.card.seed)); // prettier-ignore
    if (found) found.runs.push(run);
    else groups.push({ make, runs: [run] });
  }
  return groups.map(({ runs: members }) => ({
    name: members.length === 1 ? members[0]!.card.name : `${members[0]!.card.name} (${members.length} seeds)`, // prettier-ignore
    runs: members,
  }));
}

/** A group's curve: at every number of images that all its runs tell of. */
export function groupCurve({ runs }: RunGroup, curve: ComparedCurve): readonly GroupPoint[] {
  const [first, ...others] = runs.map(({ images, curves }) => {
    const told = images.flatMap((at, i): [number, number][] => {
      const value = curves[curve][i] ?? null;
      return value === null ? [] : [[at, value]];
    });
    return new Map(told);
  });
  if (!first) return [];
  return [...first.keys()]
    .filter((at) => others.every((other) => other.has(at)))
    .sort((a, b) => a - b)
    .map((at) => {
      const { mean, deviation } = spreadOf([first, ...others].map((points) => points.get(at)!))!;
      return { images: at, mean, deviation };
    });
}

/** In what groups differ: their images, seeds, settings. What is equal is not told. */
export function differencesOf(
  groups: readonly RunGroup[],
  settings: readonly SettingDescription[],
): readonly Difference[] {
  const first = groups.map(({ runs }) => runs[0]!);
  const rows: Difference[] = [
    { what: 'images', values: first.map(({ card }) => card.dataset.title) },
    {
      what: 'seed',
      values: groups.map(({ runs }) =>
        runs
          .map(({ card }) => card.seed)
          .sort((a, b) => a - b)
          .join(', '),
      ),
    },
    { what: 'model', values: first.map(({ config: { variant } }) => NGC.find((row) => row.variant === variant)?.title ?? variant) }, // prettier-ignore
  ];
  const keys = new Set(first.flatMap(({ config }) => Object.keys(config)));
  keys.delete('variant');
  for (const key of keys) {
    const what = settings.find((one) => one.key === key)?.label ?? key;
    const values = first.map(({ config }) => said((config as unknown as Record<string, unknown>)[key])); // prettier-ignore
    rows.push({ what, values });
  }
  return rows.filter(({ values }) => new Set(values).size > 1);
}
