import type { Dataset, Split } from '../data/dataset.ts';
import { classificationError, fitClassifier } from '../engine/measures/classification.ts';
import { measureCompletion } from '../engine/measures/completion.ts';
import type { Images } from '../engine/measures/images.ts';
import { topActivities } from '../engine/measures/latents.ts';
import { logMarginalLikelihoods } from '../engine/measures/likelihood.ts';
import { measureReconstruction } from '../engine/measures/reconstruction.ts';
import type { DiscrepancySpread } from '../ngc/surprise.ts';
import { measureDiscrepancySpread } from '../ngc/surprise.ts';
import type { Model } from '../ngc/model.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { imagesOf } from '../runtime/trainer.ts';
import { mean } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { Latents } from './priors.ts';
import { COMPONENTS, describePrior, fitPrior, settleLatents, stoppable } from './priors.ts';
import type { Progress } from './progress.ts';
import { thousands } from './progress.ts';
import type { Stop } from './signals.ts';

export const MEASURES = ['bce', 'mmse', 'sparsity', 'logpx', 'err', 'discrepancy'] as const;
type Measure = (typeof MEASURES)[number];

/** What is measured, on what, and how thoroughly. */
interface Evaluation {
  readonly model: Model;
  /** The prior that came with the model. */
  readonly prior: Mixture | null;
  readonly data: Dataset;
  /** The images to measure on. */
  readonly split: Split;
  readonly measures: ReadonlySet<Measure>;
  /** Training images to settle, for the classifier and for a prior where none came with the model. */
  readonly latents: number;
  /** Draws from the prior. */
  readonly samples: number;
  readonly seed: number;
  readonly progress: Progress;
  readonly stop: Stop;
}

/** The paper's measures (ngc.md); those that were not asked for are absent. */
export interface Measured {
  /** −log p(x | mu_0), nats an image. */
  bce?: number;
  /** Squared error over the hidden right half, an image. */
  mmse?: number;
  /** ρ_1 … ρ_L. */
  sparsity?: readonly number[];
  /** Nats an image. */
  logpx?: number;
  /** Percent. */
  err?: number;
  /** ψ after settling: its mean and quantiles over the images, and ψ of an empty picture, nats. */
  discrepancy?: DiscrepancySpread;
  /** What logpx drew its samples from. */
  prior?: string;
  /** What err was fitted on. */
  classifier?: string;
}

/** Measures a model. Throws a "cancelled" error when stopped, a data error where labels are needed and missing. */
export async function evaluate(evaluation: Evaluation): Promise<Measured> {
  const { model, split, measures, progress, stop } = evaluation;
  const measured: Measured = {};
  const images = imagesOf(split);
  const work = (label: string) => ({
    batch: model.config.batch,
    onProgress: stoppable(progress.follow(label), stop),
  });
  if (measures.has('err') && (!split.labels || !evaluation.data.train.labels))
    throw new NgcError(
      'data',
      `Measure err needs labels, which ${evaluation.data.title} does not have.`,
    );
  if (measures.has('bce') || measures.has('sparsity')) {
    const { bce, sparsity } = await measureReconstruction(model, images, work('Reconstructing'));
    if (measures.has('bce')) measured.bce = bce;
    if (measures.has('sparsity')) measured.sparsity = sparsity;
  }
  if (measures.has('mmse'))
    measured.mmse = await measureCompletion(model, images, work('Completing'));
  const needsFit = measures.has('logpx') && !evaluation.prior;
  const latents =
    needsFit || measures.has('err')
      ? await settleLatents(model, evaluation.data.train, evaluation.latents, evaluation)
      : null;
  if (measures.has('logpx')) await measureLikelihood(evaluation, images, latents, measured);
  if (measures.has('err') && latents) await measureErr(evaluation, images, latents, measured);
  if (measures.has('discrepancy'))
    measured.discrepancy = await measureDiscrepancySpread(model, images, work('Surprise'));
  progress.clear();
  return measured;
}

async function measureLikelihood(
  evaluation: Evaluation,
  images: Images,
  latents: Latents | null,
  measured: Measured,
): Promise<void> {
  const { model, samples, seed, progress, stop } = evaluation;
  let { prior } = evaluation;
  let origin = 'from the model file';
  if (!prior) {
    const { activities } = latents!;
    const options = { components: COMPONENTS, covariance: 'full', seed } as const;
    prior = (await fitPrior(activities, options, { progress, stop })).mixture;
    origin = `fitted now to ${thousands(activities.shape[0]!)} training images, as the model file holds none`;
  }
  const drawn = sampleMixture(prior, samples, seed);
  const values = await logMarginalLikelihoods(model, images, drawn, {
    onProgress: stoppable(progress.follow('Estimating log p(x)'), stop),
  });
  measured.logpx = mean(values);
  measured.prior = `${describePrior(prior)}, ${origin}; ${thousands(samples)} samples`;
}

async function measureErr(
  { model, data, split, progress, stop }: Evaluation,
  images: Images,
  { activities, labels }: Latents,
  measured: Measured,
): Promise<void> {
  const settled = await topActivities(model, images, {
    batch: model.config.batch,
    onProgress: stoppable(progress.follow('Settling for the classifier'), stop),
  });
  const classes = Math.max(data.classNames.length, ...labels!.map((label) => label + 1));
  const classifier = await fitClassifier(activities, labels!, classes, {
    onProgress: stoppable(progress.follow('Fitting the classifier'), stop),
  });
  const test = { shape: [images.count, model.config.sizes.at(-1)!], data: settled };
  measured.err = await classificationError(classifier, test, split.labels!);
  measured.classifier = `softmax regression on ${thousands(activities.shape[0]!)} training images, ${classifier.iterations} iterations, largest gradient ${classifier.gradient.toExponential(1)}`;
  classifier.dispose();
}
