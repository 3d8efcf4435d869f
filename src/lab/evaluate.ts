import * as tf from '@tensorflow/tfjs-core';

import type { Dataset, Split } from '../data/dataset.ts';
import { imagesOf } from '../data/dataset.ts';
import {
  classificationError,
  fitClassifier,
  ownClassificationError,
} from '../engine/measures/classification.ts';
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
import {
  measureReconstruction,
  measureSampledReconstruction,
  measureSparsity,
} from '../engine/measures/reconstruction.ts';
import type { CodingModel, GenerativeModel, ImageModel } from '../engine/model.ts';
import { classifies, generates, hasEnergy, isDensity, perceives } from '../engine/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import { measureBound } from './bound.ts';
import type { EnergyMeasures } from './energies.ts';
import { measureEnergy } from './energies.ts';
import { startsOf } from './imaginings.ts';
import type { Prior } from './likelihood.ts';
import { measureExactly, measureLikelihood, priorFor } from './likelihood.ts';
import type { Latents } from './priors.ts';
import { trainingLatents } from './priors.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** The way to fill in hidden pixels that needs a prior. */
export const IMAGINE = 'imagine';

export const MEASURES = [
  'bce',
  'sampled',
  'mmse',
  'sparsity',
  'logpx',
  'exact',
  'bound',
  'err',
  'discrepancy',
  'accuracy',
  'mse',
  'energy',
  'auroc',
] as const;
export type Measure = (typeof MEASURES)[number];
/** What takes a second an image: only made where it is asked for. */
const LONG: ReadonlySet<Measure> = new Set(['bound']);

/** What is measured, on what, and how thoroughly. */
interface Evaluation {
  readonly model: ImageModel;
  /** The prior to draw from; null: one is fitted where it is needed. */
  readonly prior: Prior | null;
  readonly data: Dataset;
  /** The images to measure on. */
  readonly split: Split;
  /** What to measure; null: all that the model has, but for the bound. */
  readonly measures: ReadonlySet<Measure> | null;
  /** Training images to settle, for the classifier and for a prior where none came with the model. */
  readonly latents: number;
  /** The same where they were settled before. */
  readonly learnt?: Promise<Latents> | undefined;
  /** Draws from the prior. */
  readonly samples: number;
  readonly seed: number;
  /** Draws an image for the bound (absent: 500), and the noise with which it takes codes to be seen (absent: by the model's kind, else the best for training images). */
  readonly boundDraws?: number | undefined;
  readonly boundNoise?: number | undefined;
  /** How hidden pixels are filled in for mmse; absent: by the paper's rule. */
  readonly how?: string | undefined;
  /** Imaginings of each image, where they are how. */
  readonly count: number;
  /** Images of other kinds that the model's surprise is to tell apart, by their names, as it would see its own. */
  readonly strangers?: ReadonlyMap<string, Images>;
  readonly work: Work;
}

/** The paper's measures (ngc.md); those that were not asked for are absent. */
export interface Measured extends EnergyMeasures {
  /** −log p(x | mu_0), nats an image. */
  bce?: number;
  /** The same of codes that are drawn, one an image. */
  sampled?: number;
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
  /** The importance bound on log p(x), nats an image, and how it was made. */
  bound?: number;
  proposals?: string;
  /** log p(x) of its components as a mixture of binary pictures, exactly; nats an image. */
  exact?: number;
  /** Percent. */
  err?: number;
  /** ψ after settling: its mean and quantiles over the images, and ψ of an empty picture, nats. */
  discrepancy?: DiscrepancySpread;
  /** What logpx drew its samples from. */
  prior?: string;
  /** What err was fitted on. */
  classifier?: string;
}

/** What a measure takes; a model that lacks it does not have the measure. */
const TAKES: Record<Measure, string> = {
  bce: 'reconstruction',
  sampled: 'density of codes to draw from',
  mmse: 'completion of hidden pixels',
  sparsity: 'layers of neurons that could be silent',
  logpx: 'pictures to draw',
  exact: 'components that are pictures',
  bound: 'codes to draw',
  err: 'code to classify',
  discrepancy: 'total discrepancy',
  accuracy: 'class to say',
  mse: 'reconstruction by settling on a free energy',
  energy: 'free energy',
  auroc: 'free energy that strangers could raise',
};

/** Which measures there are for a model: where that takes a look, it is shown an empty picture. */
export async function measuresOf(model: ImageModel): Promise<ReadonlySet<Measure>> {
  const has = new Set<Measure>();
  if (generates(model) || isDensity(model)) has.add('logpx');
  if (isDensity(model)) has.add('exact');
  if (!perceives(model)) return has;
  if (hasEnergy(model)) {
    has.add('energy').add('auroc');
    if (classifies(model)) has.add('accuracy');
    if (generates(model)) has.add('mse');
  }
  has.add('err');
  const empty = tf.zeros<tf.Rank.R2>([1, model.pixels]);
  const seen = await model.perceive(empty);
  if (seen.activity.length > 0) has.add('sparsity');
  if (generates(model)) {
    has.add('bce').add('mmse').add('bound');
    if (model.drawCodes) has.add('sampled');
    if ('discrepancy' in seen && seen.discrepancy !== null) has.add('discrepancy');
  }
  seen.dispose();
  empty.dispose();
  return has;
}

/** The measures to make: those that were asked for, or all that the model has and that do not take long. Throws a usage error for one that it has not. */
async function chosenMeasures({ model, measures }: Evaluation): Promise<ReadonlySet<Measure>> {
  const has = await measuresOf(model);
  for (const name of measures ?? [])
    if (!has.has(name))
      throw new NgcError(
        'usage',
        `Measure ${name} does not go with this model: a ${model.title} has no ${TAKES[name]}.`,
      );
  return measures ?? new Set([...has].filter((name) => !LONG.has(name)));
}

/**
 * Measures a model. Throws a "cancelled" error when stopped, a data error where labels are needed and missing, and a usage
 * error for a measure that the model has not.
 */
export async function evaluate(evaluation: Evaluation): Promise<Measured> {
  const { model, data, split, work } = evaluation;
  const measured: Measured = {};
  const images = imagesOf(split, undefined, model.shades);
  const measures = await chosenMeasures(evaluation);
  if (measures.has('err') && !(split.labels && data.train.labels)) throw unlabelled(data);
  if (measures.has('accuracy') && !split.labels) throw unlabelled(data);
  if (generates(model)) Object.assign(measured, await measureSeeing(model, measures, evaluation));
  else if (measures.has('sparsity') && perceives(model))
    measured.sparsity = await measureSparsity(model, images, batched(model, work, 'Looking'));
  let { learnt } = evaluation;
  const { latents, prior, seed } = evaluation;
  const training = (coding: CodingModel) =>
    (learnt ??= trainingLatents(coding, data.train, latents, seed, work, 'classifier'));
  const forPrior = (coding: CodingModel) =>
    coding.learnsBriefly
      ? trainingLatents(coding, data.train, latents, seed, work, 'prior')
      : training(coding);
  let found: Promise<Prior> | null = null;
  const priorOver = (coding: CodingModel) =>
    (found ??= priorFor(prior, () => forPrior(coding), seed, work));
  if (measures.has('logpx') && (generates(model) || isDensity(model)))
    Object.assign(measured, await measureLikelihood(model, images, priorOver, evaluation));
  if (measures.has('bound') && generates(model)) {
    const { boundDraws: draws, boundNoise: noise } = evaluation;
    const how = { draws, noise, others: imagesOf(data.train, undefined, model.shades), seed };
    Object.assign(measured, await measureBound(model, images, priorOver, how, work));
  }
  if (measures.has('exact') && isDensity(model))
    measured.exact = await measureExactly(model, images, work);
  if (measures.has('err') && perceives(model))
    Object.assign(measured, await measureErr(model, evaluation, images, training));
  const options = { measures, strangers: evaluation.strangers, seed: evaluation.seed, work };
  Object.assign(measured, await measureEnergy(model, images, split.labels, options));
  if (measures.has('discrepancy') && generates(model))
    measured.discrepancy = await measureDiscrepancySpread(
      model,
      images,
      batched(model, work, 'Surprise'),
    );
  return measured;
}

const batched = (model: ImageModel, work: Work, label: string) => ({
  batch: model.config.batch,
  onProgress: follow(work, label),
});

/** What is measured of reconstructions and completions. */
async function measureSeeing(
  model: GenerativeModel,
  measures: ReadonlySet<Measure>,
  evaluation: Evaluation,
): Promise<Measured> {
  const { split, work, how = model.completions.paper } = evaluation;
  const images = imagesOf(split, undefined, model.shades);
  const measured: Measured = {};
  if (measures.has('bce') || measures.has('sparsity')) {
    const looked = batched(model, work, 'Reconstructing');
    const { bce, sparsity } = await measureReconstruction(model, images, looked);
    if (measures.has('bce')) measured.bce = bce;
    if (measures.has('sparsity')) measured.sparsity = sparsity;
  }
  if (measures.has('sampled')) {
    const drawn = batched(model, work, 'Reconstructing from draws');
    measured.sampled = await measureSampledReconstruction(model, images, evaluation.seed, drawn);
  }
  if (measures.has('mmse')) {
    const fill = fillOf(model, evaluation, how);
    const completed = { ...batched(model, work, `Completing (${how})`), fill };
    measured.mmse = await measureCompletion(model, images, completed);
    measured.how = how;
    if (how === IMAGINE) measured.imaginings = evaluation.count;
  }
  return measured;
}

/** How hidden pixels are filled in. Throws a usage error where imagining is asked for and cannot be. */
function fillOf(model: GenerativeModel, { prior, count, seed }: Evaluation, how: string): Fill {
  if (how !== IMAGINE) return filledInBy(model, how);
  if (!prior || !model.imagine)
    throw new NgcError('usage', 'Imagining needs a model with a prior.');
  return filledInByImaginings(model.imagine.bind(model), startsOf(prior.mixture, count, seed));
}

const unlabelled = ({ title }: Dataset) =>
  new NgcError('data', `Measure err needs labels, which ${title} does not have.`);

async function measureErr(
  model: CodingModel,
  { data, split, work }: Evaluation,
  images: Images,
  training: (model: CodingModel) => Promise<Latents>,
): Promise<Pick<Measured, 'err' | 'classifier'>> {
  if (!split.labels) throw unlabelled(data);
  if (classifies(model)) {
    const looked = batched(model, work, 'Classifying');
    const err = await ownClassificationError(model, images, split.labels, looked);
    return { err, classifier: `the ${model.title} itself` };
  }
  const { latents, labels } = await training(model);
  if (!labels) throw unlabelled(data);
  const seen = await latentsOf(model, images, batched(model, work, 'Coding test images'));
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), data.classNames.length);
  const classifier = await fitClassifier(latents, labels, classes, {
    onProgress: follow(work, 'Fitting the classifier'),
  });
  const test: FloatArray = { shape: [images.count, model.latentWidth], data: seen };
  const err = await classificationError(classifier, test, split.labels);
  const about = `softmax regression on ${grouped(labels.length)} training images, ${classifier.iterations} iterations, largest gradient ${classifier.gradient.toExponential(1)}`;
  classifier.dispose();
  return { err, classifier: about };
}
