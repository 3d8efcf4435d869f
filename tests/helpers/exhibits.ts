import type { Dataset } from '../../src/data/dataset.ts';
import { loadSynthetic } from '../../src/data/synthetic.ts';
import type { Beginning, Demonstration } from '../../src/demonstrations/demonstration.ts';
import type { Values } from '../../src/exhibits/exhibit.ts';
import type { ExhibitId } from '../../src/exhibits/shown.ts';
import { exhibitOf } from '../../src/exhibits/exhibits.ts';
import { usualValues } from '../../src/exhibits/values.ts';

/** A few hundred synthetic digits. */
export const someDigits = (): Promise<Dataset> =>
  loadSynthetic({ trainCount: 400, testCount: 100, pause: () => Promise.resolve() });

/** What an exhibit is begun with in a test; values that are not said are the usual ones. */
export function beginning(id: ExhibitId, values: Values = {}, seed = 1): Beginning {
  const { controls } = exhibitOf(id);
  return {
    values: { ...usualValues(controls), ...values },
    seed,
    data: someDigits,
    signal: new AbortController().signal,
  };
}

/** Makes so many steps. */
export async function stepped<S>(demonstration: Demonstration<S>, count: number): Promise<void> {
  for (let made = 0; made < count; made++) await demonstration.advance();
}
