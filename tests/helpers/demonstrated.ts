import { loadSynthetic } from '../../src/data/synthetic.ts';
import type { Demonstrate, Demonstration } from '../../src/demonstrations/demonstration.ts';
import { exhibitOf } from '../../src/exhibits/exhibits.ts';
import type { Values } from '../../src/exhibits/exhibit.ts';
import type { ExhibitId, ShownOf } from '../../src/exhibits/shown.ts';
import { completed } from '../../src/exhibits/values.ts';

/** A few digits of the page's own pen. */
const fewDigits = () => loadSynthetic({ trainCount: 200, testCount: 100 });

/** An exhibit's program, begun with some values, on digits of the page's own pen. */
export async function begunAs<Id extends ExhibitId>(
  id: Id,
  demonstrate: Demonstrate<ShownOf[Id]>,
  values: Values = {},
  seed = 1,
): Promise<Demonstration<ShownOf[Id]>> {
  return demonstrate({
    values: completed(exhibitOf(id).controls, values),
    seed,
    data: fewDigits,
    signal: new AbortController().signal,
  });
}

/** Lets it come to its end, in no more steps than `most`. */
export async function ended<S>(demonstration: Demonstration<S>, most = 10_000) {
  for (let step = 0; step < most && !demonstration.frame().ended; step++)
    await demonstration.advance();
  return demonstration.frame();
}
