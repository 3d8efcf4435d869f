import * as tf from '@tensorflow/tfjs-core';

import type { Dataset, Split } from '../data/dataset.ts';
import { imagesOf } from '../data/dataset.ts';
import { classificationError, fitClassifier } from '../engine/measures/classification.ts';
import type { Fill } from '../engine/measures/completion.ts';
import {
  filledInBy,
  filledInByImaginings,
  measureCompletion,
} from '../engine/measures/completion.ts';
import type { DiscrepancySpread } from '../engine/measures/discrepancy.ts';
import { measureDiscrepancySpread } from '../engine/measures/discrepancy.ts';
import type { Images } from '../engine/measures/images.ts';
import { latentsOf } from '../engine/measures/latents.ts';
import { logMarginalLikelihoods } from '../engine/measures/likelihood.ts';
import { measureReconstruction } from '../engine/measures/reconstruction.ts';
import type { ImageModel } from '../engine/model.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { mean } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { startsOf } from './imaginings.ts';
import { IMAGINE } from './models.ts';
import { usageError } from './options.ts';
import type { Latents } from './priors.ts';
import { COMPONENTS, describePrior, fitPrior, trainingLatents } from './priors.ts';
import type { Progress } from './progress.ts';
import { thousands } from './progress.ts';
import type { Stop } from './signals.ts';
import { stoppable } from './signals.ts';

export const MEASURES = ['bce', 'mmse', 'sparsity', 'logpx', 'err', 'discrepancy'] as const;
type Measure = (typeof MEASURES)[number];

/** What is measured, on what, and how thoroughly. */
interface Evaluation {
  readonly model: ImageModel;
  /** The prior that came with the model. */
  readonly prior: Mixture | null;
  readonly data: Dataset;
  /** The images to measure on. */
  readonly split: Split;
  /** What to measure; null: all that the model has. */
  readonly measures: ReadonlySet<Measure> | null;
  /** Training images to settle, for the classifier and for a prior where none came with the model. */
  readonly latents: number;
  /** Draws from the prior. */
  readonly samples: number;
  readonly seed: number;
  /** How hidden pixels are filled in for mmse; absent: by the paper's rule. */
  readonly how?: string | undefined;
  /** Imaginings of each image, where they are how. */
  readonly count: number;
  readonly progress: Progress;
  readonly stop: Stop;
}

/** The paper's measures (ngc.md); those that were not asked for are absent. */
export interface Measured {
  /** −log p(x | mu_0), nats an image. */
  bce?: number;
  /** Squared error over the hidden right half, an image. */
  mmse?: number;
  /** By which rule hidden pixels were filled in for mmse. */
  how?: string;
  /** Imaginings of each image, of whose mean mmse is, where they are how. */
  imaginings?: number;
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

/** Measures that only some families have, and what it takes. */
const PARTIAL: Partial<Record<Measure, string>> = {
  sparsity: 'layers of neurons that could be silent',
  discrepancy: 'total discrepancy',
};

/** Which measures there are for a model: it is shown an empty picture. */
async function measuresOf(model: ImageModel): Promise<ReadonlySet<Measure>> {
  const empty = tf.zeros<tf.Rank.R2>([1, model.pixels]);
  const perception = await model.perceive(empty);
  const has = new Set(MEASURES);
  if (perception.activity.length === 0) has.delete('sparsity');
  if (!perception.discrepancy) has.delete('discrepancy');
  perception.dispose();
  empty.dispose();
  return has;
}

/** The measures to make: those that were asked for, or all that the model has. Throws a usage error for one that it has not. */
async function chosenMeasures({ model, measures }: Evaluation): Promise<ReadonlySet<Measure>> {
  if (measures && !MEASURES.some((name) => measures.has(name) && name in PARTIAL)) return measures;
  const has = await measuresOf(model);
  for (const name of measures ?? [])
    if (!has.has(name))
      throw new NgcError(
        'usage',
        `Measure ${name} does not go with this model: a ${model.title} has no ${PARTIAL[name]}.`,
      );
  return measures ?? has;
}

/**
 * Measures a model. Throws a "cancelled" error when stopped, a data error where labels are needed and missing, and a usage
 * error for a measure that the model has not.
 */
export async function evaluate(evaluation: Evaluation): Promise<Measured> {
  const { model, data, split, how = model.completions.paper, progress, stop } = evaluation;
  const measured: Measured = {};
  const images = imagesOf(split);
  const work = (label: string) => ({
    batch: model.config.batch,
    onProgress: stoppable(progress.follow(label), stop),
  });
  const measures = await chosenMeasures(evaluation);
  if (measures.has('err') && !(split.labels && data.train.labels)) throw unlabelled(data);
  if (measures.has('bce') || measures.has('sparsity')) {
    const { bce, sparsity } = await measureReconstruction(model, images, work('Reconstructing'));
    if (measures.has('bce')) measured.bce = bce;
    if (measures.has('sparsity')) measured.sparsity = sparsity;
  }
  if (measures.has('mmse')) {
    const fill = fillOf(evaluation, how);
    measured.mmse = await measureCompletion(model, images, { ...work('Completing'), fill });
    measured.how = how;
    if (how === IMAGINE) measured.imaginings = evaluation.count;
  }
  let learnt: Promise<Latents> | null = null;
  const training = () =>
    (learnt ??= trainingLatents(model, data.train, evaluation.latents, evaluation));
  if (measures.has('logpx'))
    Object.assign(measured, await measureLikelihood(evaluation, images, training));
  if (measures.has('err')) Object.assign(measured, await measureErr(evaluation, images, training));
  if (measures.has('discrepancy'))
    measured.discrepancy = await measureDiscrepancySpread(model, images, work('Surprise'));
  progress.clear();
  return measured;
}

/** How hidden pixels are filled in. Throws a usage error where imagining is asked for and cannot be. */
function fillOf({ model, prior, count, seed }: Evaluation, how: string): Fill {
  if (how !== IMAGINE) return filledInBy(model, how);
  if (!prior || !model.imagine) throw usageError(`Imagining needs a model with a prior.`);
  return filledInByImaginings(model.imagine.bind(model), startsOf(prior, count, seed));
}

const unlabelled = ({ title }: Dataset) =>
  new NgcError('data', `Measure err needs labels, which ${title} does not have.`);

/** The prior that came with the model, or one fitted now to the latents of training images; and where it is from. */
async function priorFor(
  { prior, seed, progress, stop }: Evaluation,
  training: () => Promise<Latents>,
): Promise<{ readonly mixture: Mixture; readonly origin: string }> {
  if (prior) return { mixture: prior, origin: 'from the model file' };
  const { latents } = await training();
  const form = { components: COMPONENTS, covariance: 'full', seed } as const;
  const { mixture } = await fitPrior(latents, form, { progress, stop });
  const origin = `fitted now to ${thousands(latents.shape[0]!)} training images, as the model file holds none`;
  return { mixture, origin };
}

async function measureLikelihood(
  evaluation: Evaluation,
  images: Images,
  training: () => Promise<Latents>,
): Promise<Pick<Measured, 'logpx' | 'prior'>> {
  const { model, samples, seed, progress, stop } = evaluation;
  const { mixture, origin } = await priorFor(evaluation, training);
  const drawn = sampleMixture(mixture, samples, seed);
  const values = await logMarginalLikelihoods(model, images, drawn, {
    onProgress: stoppable(progress.follow('Estimating log p(x)'), stop),
  });
  const prior = `${describePrior(mixture)}, ${origin}; ${thousands(samples)} samples`;
  return { logpx: mean(values), prior };
}

async function measureErr(
  { model, data, split, progress, stop }: Evaluation,
  images: Images,
  training: () => Promise<Latents>,
): Promise<Pick<Measured, 'err' | 'classifier'>> {
  const { latents, labels } = await training();
  if (!labels || !split.labels) throw unlabelled(data);
  const seen = await latentsOf(model, images, {
    batch: model.config.batch,
    onProgress: stoppable(progress.follow('Settling for the classifier'), stop),
  });
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), data.classNames.length);
  const classifier = await fitClassifier(latents, labels, classes, {
    onProgress: stoppable(progress.follow('Fitting the classifier'), stop),
  });
  const test = { shape: [images.count, model.latentWidth], data: seen };
  const err = await classificationError(classifier, test, split.labels);
  const about = `softmax regression on ${thousands(labels.length)} training images, ${classifier.iterations} iterations, largest gradient ${classifier.gradient.toExponential(1)}`;
  classifier.dispose();
  return { err, classifier: about };
}
