import { evenOverClasses } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { imagesOf } from '../data/dataset.ts';
import { latentsOf } from '../engine/measures/latents.ts';
import type { CodingModel } from '../engine/model.ts';
import { compactMixture } from '../engine/prior/compact.ts';
import type { FitResult } from '../engine/prior/fit.ts';
import { fitMixture } from '../engine/prior/fit.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { grouped } from '../shared/grouped.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** How many training images the authors fit their prior to, drawn evenly over the classes. */
export const LATENTS = 18_000;
export const COVARIANCES = ['full', 'diagonal', 'factor'] as const;

/** The latents of training images [N, D] (NGC: φ(z_L)) and the images' classes. */
export interface Latents {
  readonly latents: FloatArray;
  readonly labels: Uint8Array | null;
}

/** What codes of training images are for: a prior is of codes as they were learnt from, a classifier of codes as they are read. */
export type CodesFor = 'prior' | 'classifier';

/** Looks at `count` training images, drawn evenly over the classes. */
export async function trainingLatents(
  model: CodingModel,
  train: Split,
  count: number,
  seed: number,
  work: Work,
  purpose: CodesFor,
): Promise<Latents> {
  const chosen = evenOverClasses(train, count, seed);
  const { labels } = train;
  const data = await latentsOf(model, imagesOf(train, chosen, model.shades), {
    batch: model.config.batch,
    asLearnt: purpose === 'prior',
    onProgress: follow(work, `Looking at ${grouped(chosen.length)} training images`),
  });
  return {
    latents: { shape: [chosen.length, model.latentWidth], data },
    labels: labels && Uint8Array.from(chosen, (index) => labels[index]!),
  };
}

/** How a prior is to be fitted; what is missing takes the default of `fitMixture`. */
interface PriorForm {
  readonly components: number;
  readonly covariance: (typeof COVARIANCES)[number];
  /** Factors a Gaussian, for the factor form. */
  readonly rank?: number;
  readonly shrinkage?: number | undefined;
  readonly iterations?: number | undefined;
  readonly seed: number;
}

/** A fitted prior, and how the fit went. */
interface FittedPrior extends Omit<FitResult, 'mixture'> {
  readonly mixture: Mixture;
}

/** Fits the prior, saying how far it is. Throws a "cancelled" error when stopped. */
export async function fitPrior(
  latents: FloatArray,
  form: PriorForm,
  work: Work,
): Promise<FittedPrior> {
  const { components, covariance, rank = 0, shrinkage, iterations, seed } = form;
  const { signal } = work;
  const result = await fitMixture(latents, {
    components,
    covariance: covariance === 'diagonal' ? 'diagonal' : 'full',
    seed,
    signal,
    ...(shrinkage !== undefined && { shrinkage }),
    ...(iterations !== undefined && { iterations }),
    onProgress: ({ label, fraction }) => work.show(label, fraction),
  });
  const { mixture } = result;
  if (covariance !== 'factor' || mixture.kind !== 'full') return result;
  work.show('Compacting the prior', 1);
  const compact = await compactMixture(mixture, Math.min(rank, mixture.size), { signal });
  return { ...result, mixture: compact };
}

/** A prior in words. */
export function describePrior(mixture: Mixture): string {
  const { components, kind, size } = mixture;
  const form = kind === 'factor' ? `factor (rank ${mixture.rank})` : kind;
  return `mixture of ${components} Gaussians with ${form} covariances over ${size} neurons`;
}
