import type { Dataset } from '../../src/data/dataset.ts';
import { loadSynthetic } from '../../src/data/synthetic.ts';
import type { Beginning, Demonstration } from '../../src/demonstrations/demonstration.ts';
import type { Exhibit, Values } from '../../src/exhibits/exhibit.ts';
import { completed } from '../../src/exhibits/values.ts';

let drawn: Promise<Dataset> | null = null;

/** Few synthetic digits, drawn once. */
export const someDigits = (): Promise<Dataset> =>
  (drawn ??= loadSynthetic({ trainCount: 1000, testCount: 200 }));

/** What an exhibit is begun with in tests: values as usual but for those given, synthetic digits. */
export const beginningOf = ({ controls }: Exhibit, values: Values = {}, seed = 1): Beginning => ({
  ...{ values: completed(controls, values), seed },
  data: someDigits,
  signal: new AbortController().signal,
});

/** Makes so many steps. */
export async function run(demonstration: Demonstration<unknown>, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) await demonstration.advance();
}
