import * as tf from '@tensorflow/tfjs-core';

import type { Images } from '../engine/measures/images.ts';
import { decoded, logMarginalLikelihoods } from '../engine/measures/likelihood.ts';
import type { CodingModel, DensityModel, GenerativeModel } from '../engine/model.ts';
import { generates } from '../engine/model.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { COMPONENTS } from '../experiments/extent.ts';
import { mean } from '../shared/arrays.ts';
import { grouped } from '../shared/grouped.ts';
import type { Latents } from './priors.ts';
import { describePrior, fitPrior } from './priors.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** A prior over codes, and in words where it is from: "from the model file". */
export interface Prior {
  readonly mixture: Mixture;
  readonly origin: string;
}

/** The prior that was given, or one fitted now to the codes of training images. */
export async function priorFor(
  given: Prior | null,
  training: () => Promise<Latents>,
  seed: number,
  work: Work,
): Promise<Prior> {
  if (given) return given;
  const { latents } = await training();
  const form = { components: COMPONENTS, covariance: 'full', seed } as const;
  const { mixture } = await fitPrior(latents, form, work);
  const origin = `fitted now to ${grouped(latents.shape[0]!)} training images, as the model file holds none`;
  return { mixture, origin };
}

/** Pictures of samples that are pictures. */
const asDrawn = (mu0: tf.Tensor2D): tf.Tensor2D => tf.clone(mu0);

/** log p(x) by Monte Carlo, the mean over images, nats; and what it rests on, in words. */
export async function measureLikelihood(
  model: GenerativeModel | DensityModel,
  images: Images,
  priorOver: (model: CodingModel) => Promise<Prior>,
  { samples, seed, work }: { readonly samples: number; readonly seed: number; readonly work: Work },
): Promise<{ readonly logpx: number; readonly prior: string }> {
  const options = { onProgress: follow(work, 'Estimating log p(x)') };
  if (generates(model)) {
    const { mixture, origin } = await priorOver(model);
    const drawn = sampleMixture(mixture, samples, seed);
    const values = await logMarginalLikelihoods(decoded(model), images, drawn, options);
    const prior = `${describePrior(mixture)}, ${origin}; ${grouped(samples)} samples`;
    return { logpx: mean(values), prior };
  }
  const pictures = model.draw(samples, seed);
  const values = await logMarginalLikelihoods(asDrawn, images, pictures, options);
  return { logpx: mean(values), prior: `the ${model.title} itself; ${grouped(samples)} samples` };
}

/** log p(x), the mean over images, nats, of the same components as a mixture of binary pictures. */
export async function measureExactly(
  model: DensityModel,
  images: Images,
  work: Work,
): Promise<number> {
  const { pictures, weights } = model.bernoulli();
  const onProgress = follow(work, 'Summing over components');
  return mean(await logMarginalLikelihoods(asDrawn, images, pictures, { weights, onProgress }));
}
