import { HEIGHT, WIDTH } from '../data/dataset.ts';
import { auroc } from '../engine/measures/auroc.ts';
import { doubtsOf, surprisesOf } from '../engine/measures/energy.ts';
import type { Images } from '../engine/measures/images.ts';
import type { EnergyModel } from '../engine/model.ts';
import { classifies } from '../engine/model.ts';
import { mean } from '../shared/arrays.ts';
import { createRng, deriveSeed, permutation } from '../shared/rng.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** Strangers that are made of the images themselves: pixels at random, the images turned by 90°, one fixed shuffle of pixels, ink for paper. */
export const STRANGERS = ['noise', 'turned', 'shuffled', 'inverted'] as const;
export type Stranger = (typeof STRANGERS)[number];

/** Images made strange, row by row [B, 784]. */
function estranged(images: Images, how: Stranger, seed: number): Images {
  const pixels = WIDTH * HEIGHT;
  const places = permutation(pixels, createRng(seed));
  const from: Record<
    Exclude<Stranger, 'noise'>,
    (x: Float32Array, row: number, p: number) => number
  > = {
    // A quarter turn to the left: column c, counted from the right, becomes row r.
    turned: (x, row, p) => x[row + (p % WIDTH) * WIDTH + (WIDTH - 1 - Math.floor(p / WIDTH))]!,
    shuffled: (x, row, p) => x[row + places[p]!]!,
    inverted: (x, row, p) => 1 - x[row + p]!,
  };
  return {
    count: images.count,
    read(begin, end) {
      const x = images.read(begin, end);
      const rng = createRng(deriveSeed(seed, begin));
      if (how === 'noise') return x.map(() => rng.uniform());
      return x.map((_, at) => from[how](x, at - (at % pixels), at % pixels));
    },
  };
}

/** How well a score tells each kind of stranger from images that are like those a model has learnt, by what is strange. */
export type Told = Readonly<Record<string, number>>;

/** How well a model's surprise tells strangers (B10), and the doubt of one that says classes. */
export async function measureStrangers(
  model: EnergyModel,
  known: Images,
  others: ReadonlyMap<string, Images>,
  seed: number,
  work: Work,
): Promise<{ energy: number; auroc: Told; doubt?: Told }> {
  const batched = (label: string) => ({
    batch: model.config.batch,
    onProgress: follow(work, label),
  });
  const made = STRANGERS.map((how) => [how, estranged(known, how, seed)] as const);
  const told = async (
    own: Float32Array,
    scoreOf: (images: Images, name: string) => Promise<Float32Array>,
  ) => {
    const found: Record<string, number> = {};
    for (const [name, images] of [...made, ...others])
      found[name] = auroc(own, await scoreOf(images, name));
    return found;
  };
  const own = await surprisesOf(model, known, batched('Surprise'));
  const measured = {
    energy: mean(own),
    auroc: await told(own, (images, name) =>
      surprisesOf(model, images, batched(`Surprise at strangers (${name})`)),
    ),
  };
  if (!classifies(model)) return measured;
  const look = (images: Images) => doubtsOf(model, images, batched('Doubt'));
  return { ...measured, doubt: await told(await look(known), look) };
}
