import { evenOverClasses } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { imagesOf } from '../data/dataset.ts';
import { latentsOf } from '../engine/measures/latents.ts';
import type { ImageModel } from '../engine/model.ts';
import { compactMixture } from '../engine/prior/compact.ts';
import type { FitResult } from '../engine/prior/fit.ts';
import { fitMixture } from '../engine/prior/fit.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors } from '../engine/prior/store.ts';
import type { OpenedModel } from '../models/files.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { named } from './files.ts';
import type { Progress } from './progress.ts';
import { duration, thousands } from './progress.ts';
import type { Stop } from './signals.ts';
import { stoppable } from './signals.ts';

/** How many training images the authors fit their prior to, drawn evenly over the classes. */
export const LATENTS = 18_000;
/** The paper's K. */
export const COMPONENTS = 75;
export const COVARIANCES = ['full', 'diagonal', 'factor'] as const;

/** The latents of training images [N, D] (NGC: φ(z_L)) and the images' classes. */
export interface Latents {
  readonly latents: FloatArray;
  readonly labels: Uint8Array | null;
}

/** Looks at `count` training images, drawn evenly over the classes. */
export async function trainingLatents(
  model: ImageModel,
  train: Split,
  count: number,
  { progress, stop, seed }: { progress: Progress; stop: Stop; seed: number },
): Promise<Latents> {
  const chosen = evenOverClasses(train, count, seed);
  const { labels } = train;
  const data = await latentsOf(model, imagesOf(train, chosen), {
    batch: model.config.batch,
    onProgress: stoppable(
      progress.follow(`Settling ${thousands(chosen.length)} training images`),
      stop,
    ),
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

/** Fits the prior, showing how far it is. Throws a "cancelled" error when stopped. */
export async function fitPrior(
  latents: FloatArray,
  form: PriorForm,
  { progress, stop }: { progress: Progress; stop: Stop },
): Promise<FittedPrior> {
  const { components, covariance, rank = 0, shrinkage, iterations, seed } = form;
  const { signal } = stop;
  const started = performance.now();
  const result = await fitMixture(latents, {
    components,
    covariance: covariance === 'diagonal' ? 'diagonal' : 'full',
    seed,
    signal,
    ...(shrinkage !== undefined && { shrinkage }),
    ...(iterations !== undefined && { iterations }),
    onProgress: ({ label, fraction, logLikelihood }) =>
      progress.show(fraction, () => {
        const likelihood =
          logLikelihood === null ? '' : `, ${logLikelihood.toFixed(2)} nats a latent`;
        const spent = (performance.now() - started) / 1000;
        return `${label}: ${Math.floor(100 * fraction)} %${likelihood}, at most ${duration(spent * (1 / fraction - 1))} left`;
      }),
  });
  const { mixture } = result;
  if (covariance !== 'factor' || mixture.kind !== 'full') {
    progress.clear();
    return result;
  }
  progress.show(1, () => 'Compacting the prior');
  const compact = await compactMixture(mixture, Math.min(rank, mixture.size), { signal });
  progress.clear();
  return { ...result, mixture: compact };
}

/** A prior in words. */
export function describePrior(mixture: Mixture): string {
  const { components, kind, size } = mixture;
  const form = kind === 'factor' ? `factor (rank ${mixture.rank})` : kind;
  return `mixture of ${components} Gaussians with ${form} covariances over ${size} neurons`;
}

/** The prior that came with a model. Throws a file error that says how to fit one where there is none, or naming the file when it does not fit. */
export function neededPrior(opened: OpenedModel, path: string): Mixture {
  const prior = priorOf(opened, path);
  if (prior) return prior;
  throw new NgcError(
    'file',
    `${named('--model', path)} holds no prior to draw from; fit one with "ngc prior --model M --dataset D --out M2".`,
  );
}

/** The prior that came with a model, or null. Throws a file error naming the file when it does not fit. */
export function priorOf({ model, prior }: OpenedModel, path: string): Mixture | null {
  if (!prior) return null;
  let mixture: Mixture;
  try {
    mixture = mixtureFromTensors(prior);
  } catch (error) {
    if (!(error instanceof NgcError) || error.message.includes(printableText(path))) throw error;
    throw new NgcError('file', `${named('--model', path)}: ${error.message}`);
  }
  if (mixture.size !== model.latentWidth)
    throw new NgcError(
      'file',
      `${named('--model', path)}: its prior is over ${mixture.size} neurons, its top layer has ${model.latentWidth}.`,
    );
  return mixture;
}
