import type { Images } from '../engine/measures/images.ts';
import { IMPORTANCE_DRAWS, importanceBounds } from '../engine/measures/importance.ts';
import { latentsOf } from '../engine/measures/latents.ts';
import { decoded } from '../engine/measures/likelihood.ts';
import type { GenerativeModel } from '../engine/model.ts';
import { conditionPrior } from '../engine/prior/conditioned.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { createPace } from '../engine/prior/pace.ts';
import { mean } from '../shared/arrays.ts';
import { grouped } from '../shared/grouped.ts';
import { deriveSeed } from '../shared/rng.ts';
import type { Prior } from './likelihood.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** s of the paper's models, as it was found on validation images (ngc.md, last section). */
const NOISE: ReadonlyMap<string, number> = new Map([
  ['gncn-pdh', 0.6],
  ['gncn-t2-lsigma', 0.6],
  ['gncn-t1-sigma', 0.3],
]);
/** What is tried for all others, whose codes may be of any size. */
const TRIED = [0.15, 0.3, 0.6, 1.2, 2.5, 5];
/** Images and draws that it is chosen by. */
const CHOOSING = { images: 20, draws: 200 } as const;

/** How the bound is to be made. */
interface BoundOptions {
  /** Draws an image; absent: 500. */
  readonly draws?: number | undefined;
  /** s, the noise with which a code is taken to be seen; absent: by the model's kind, else the best for `others`. */
  readonly noise?: number | undefined;
  /** Images to choose s by, none of those that are measured on. */
  readonly others: Images;
  readonly seed: number;
}

/** The bound, the mean over images, nats; and how it was made, in words. */
interface MeasuredBound {
  readonly bound: number;
  readonly proposals: string;
}

const described = (effective: ArrayLike<number>, draws: number, from: string) =>
  `${grouped(draws)} draws an image from ${from}; on average ${mean(effective).toFixed(1)} of them count`;

/** The bounds by draws from the prior `mixture`, conditioned on the codes of the images. */
async function boundsAround(
  model: GenerativeModel,
  images: Images,
  mixture: Mixture,
  { draws, noise, seed }: { readonly draws: number; readonly noise: number; readonly seed: number },
  work: Work,
  label: string,
) {
  const onProgress = follow(work, label);
  const codes = await latentsOf(model, images, { batch: model.config.batch, onProgress });
  const prior = await conditionPrior(mixture, noise, createPace(work.signal, label));
  const { size } = mixture;
  const propose = (i: number) =>
    prior.propose(codes.subarray(i * size, (i + 1) * size), draws, deriveSeed(seed, i));
  try {
    return await importanceBounds(decoded(model), images, propose, { onProgress });
  } finally {
    prior.dispose();
  }
}

/** The s of those tried that bounds best what is not measured on. */
async function bestNoise(
  model: GenerativeModel,
  { count, read }: Images,
  mixture: Mixture,
  seed: number,
  work: Work,
): Promise<number> {
  const some: Images = { count: Math.min(count, CHOOSING.images), read };
  let best = { noise: NaN, bound: -Infinity };
  for (const noise of TRIED) {
    const how = { draws: CHOOSING.draws, noise, seed };
    const label = `Trying proposals of noise ${noise}`;
    const bound = mean((await boundsAround(model, some, mixture, how, work, label)).bounds);
    if (!(bound <= best.bound)) best = { noise, bound };
  }
  return best.noise;
}

/**
 * The importance bound on log p(x). A model that has a density of codes of its own proposes from that, against its own prior. Of
 * any other the prior over its codes is conditioned on the code of each image (engine/prior/conditioned.ts).
 *
 * @param priorOver gives the prior over codes; asked only where the model has none of its own
 */
export async function measureBound(
  model: GenerativeModel,
  images: Images,
  priorOver: (model: GenerativeModel) => Promise<Prior>,
  { draws = IMPORTANCE_DRAWS, noise: asked, others, seed }: BoundOptions,
  work: Work,
): Promise<MeasuredBound> {
  const label = 'Bounding log p(x)';
  if (model.propose) {
    const propose = (i: number, x: Float32Array) => model.propose!(x, draws, deriveSeed(seed, i));
    const watched = { onProgress: follow(work, label) };
    const { bounds, effective } = await importanceBounds(decoded(model), images, propose, watched);
    return { bound: mean(bounds), proposals: described(effective, draws, 'its own encoder') };
  }
  const { mixture } = await priorOver(model);
  const given = asked ?? NOISE.get(model.config.variant);
  const noise = given ?? (await bestNoise(model, others, mixture, seed, work));
  const how = { draws, noise, seed };
  const { bounds, effective } = await boundsAround(model, images, mixture, how, work, label);
  const from = `the prior given its code, seen with noise ${noise}${given === undefined ? ' (the best for training images)' : ''}`;
  return { bound: mean(bounds), proposals: described(effective, draws, from) };
}
