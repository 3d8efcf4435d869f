import type { Demonstrate, Demonstration } from '../../src/demonstrations/demonstration.ts';
import type { Exhibit, Values } from '../../src/exhibits/exhibit.ts';
import { usualValues } from '../../src/exhibits/values.ts';

/** Begins an exhibit that needs no data, with some values that are not the usual ones. */
export async function begun<S>(
  demonstrate: Demonstrate<S>,
  { controls }: Exhibit,
  values: Values = {},
  seed = 1,
): Promise<Demonstration<S>> {
  return demonstrate({
    values: { ...usualValues(controls), ...values },
    seed,
    data: () => Promise.reject(new Error('This exhibit has no data.')),
    signal: new AbortController().signal,
  });
}

/** Makes so many steps, and answers the frame after them. */
export async function after<S>(demonstration: Demonstration<S>, steps: number) {
  for (let i = 0; i < steps; i++) await demonstration.advance();
  return demonstration.frame();
}
