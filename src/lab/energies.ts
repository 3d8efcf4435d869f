import { ownClassificationError } from '../engine/measures/classification.ts';
import { measureSquaredError, surprisesOf } from '../engine/measures/energy.ts';
import type { Images } from '../engine/measures/images.ts';
import type { ImageModel } from '../engine/model.ts';
import { classifies, generates, hasEnergy } from '../engine/model.ts';
import { mean } from '../shared/arrays.ts';
import type { Told } from './strangers.ts';
import { measureStrangers } from './strangers.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** What is measured of models with a free energy; what was not asked for, or what the model has not, is absent. */
export interface EnergyMeasures {
  /** Percent of images whose class a model says itself. */
  accuracy?: number;
  /** Squared error of reconstructions, a pixel. */
  mse?: number;
  /** Free energy after settling, nats an image. */
  energy?: number;
  /** The probability that a stranger has more of it than an image, by what is strange. */
  auroc?: Told;
  /** The same of its doubt, −max softmax, where it says classes. */
  doubt?: Told;
}

/** How it is measured. */
interface Options {
  /** The names of all measures to make. */
  readonly measures: ReadonlySet<string>;
  /** Images of other kinds, by their names. */
  readonly strangers: ReadonlyMap<string, Images> | undefined;
  readonly seed: number;
  readonly work: Work;
}

/** Measures a model with a free energy on images, and their classes where they have any. */
export async function measureEnergy(
  model: ImageModel,
  images: Images,
  labels: Uint8Array | null,
  { measures, strangers = new Map(), seed, work }: Options,
): Promise<EnergyMeasures> {
  const measured: EnergyMeasures = {};
  if (!hasEnergy(model)) return measured;
  const batched = (label: string) => ({
    batch: model.config.batch,
    onProgress: follow(work, label),
  });
  if (measures.has('accuracy') && classifies(model) && labels)
    measured.accuracy =
      100 - (await ownClassificationError(model, images, labels, batched('Classifying')));
  if (measures.has('mse') && generates(model))
    measured.mse = await measureSquaredError(model, images, batched('Settling'));
  if (measures.has('auroc')) {
    const { energy, ...told } = await measureStrangers(model, images, strangers, seed, work);
    Object.assign(measured, told);
    if (measures.has('energy')) measured.energy = energy;
  } else if (measures.has('energy'))
    measured.energy = mean(await surprisesOf(model, images, batched('Surprise')));
  return measured;
}
