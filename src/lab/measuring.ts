import type { Dataset } from '../data/dataset.ts';
import type { CodingModel } from '../engine/model.ts';
import { classifies, generates, hasEnergy, perceives } from '../engine/model.ts';
import type { Recalled } from '../engine/measures/recall.ts';
import { MONTE_CARLO_SAMPLES } from '../engine/measures/likelihood.ts';
import type { Cell, Extent, LabMeasure } from '../experiments/experiment.ts';
import { measuredOn } from '../experiments/extent.ts';
import { sizeOf } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { Measure, Measured } from './evaluate.ts';
import { evaluate, IMAGINE, MEASURES, measuresOf } from './evaluate.ts';
import type { CodesFor, Latents } from './priors.ts';
import { trainingLatents } from './priors.ts';
import type { LabImages } from './splits.ts';
import { firstImages } from './splits.ts';
import { measureNearness, NEARING_WAYS } from './nearing.ts';
import { measureMemory, RECALL_WAYS } from './recalling.ts';
import type { Strange } from './strangeSets.ts';
import type { Trained } from './trainedFiles.ts';
import type { Work } from './work.ts';
import { wayIn } from './ways.ts';

/** How many imaginings of an image, and of how many of the test images: each is a settling of its own. */
const IMAGININGS = 16;
const imagined = ({ test }: Extent): number => Math.min(200, Math.ceil(test / 5));

/** What of a cell's measures "ngc eval" has too. */
type CellMeasure = Measure & LabMeasure;

/** What is measured together, of measures made on equally many test images; "mmse" is measured by each rule of a model. */
const ROUNDS: readonly (readonly [CellMeasure, ...CellMeasure[]])[] = [
  ['bce', 'sparsity', 'sampled'],
  ['err'],
  ['accuracy', 'mse', 'auroc'],
  ['logpx', 'exact'],
  ['bound'],
];

/** What was measured of a cell, as its result holds it. */
export interface Measurement {
  readonly numbers: Record<string, number>;
  readonly words: Record<string, string>;
}

/** The codes of training images, looked at once for what they are for, when they are first asked for. */
export function codesOf(
  { model, seed }: Trained,
  { train }: LabImages,
  count: number,
  work: Work,
): (purpose: CodesFor) => Promise<Latents> {
  const codes = new Map<CodesFor, Promise<Latents>>();
  return (purpose) => {
    if (!perceives(model)) throw new Error(`A ${model.title} has no codes.`);
    const as = model.learnsBriefly ? purpose : 'classifier';
    const looked = codes.get(as) ?? trainingLatents(model, train, count, seed, work, as);
    codes.set(as, looked);
    return looked;
  };
}

/**
 * Measures a trained model on test images, as thoroughly as the cell says; measures that it has not are left out. Throws a
 * "cancelled" error when stopped, and a "diverged" error where something is not finite.
 */
export async function measureCell(
  { measures, extent, point }: Pick<Cell, 'measures' | 'extent' | 'point'>,
  trained: Trained,
  { data, train }: LabImages,
  codes: (purpose: CodesFor) => Promise<Latents>,
  strange: Strange,
  work: Work,
): Promise<Measurement> {
  const { model, seed } = trained;
  const has = await measuresOf(model);
  const asked = new Set<string>(measures);
  const wanted = MEASURES.filter((name) => asked.has(name) && has.has(name));
  const { numbers, words } = await aboutModel(trained);
  if (data.notices.length > 0) words['data'] = data.notices.join(' ');
  if (strange.told !== null) words['strangers'] = strange.told;

  const measure = async (some: readonly Measure[], images: number, how?: string) => {
    const split = firstImages(data.test, images);
    const those = some.filter((name) => wanted.includes(name));
    if (those.length === 0) return;
    const measured = await evaluate({
      model,
      prior: priorOf(trained),
      data: { ...data, train } satisfies Dataset,
      split,
      measures: new Set(those),
      latents: extent.codes,
      ...(those.includes('err') && perceives(model) && { learnt: codes('classifier') }),
      strangers: strange.images,
      samples: MONTE_CARLO_SAMPLES,
      seed,
      how,
      count: IMAGININGS,
      work,
    });
    Object.assign(numbers, namedNumbers(measured, split.count));
    const { prior, classifier, proposals } = measured;
    if (prior !== undefined) words['prior'] = prior;
    if (classifier !== undefined) words['classifier'] = classifier;
    if (proposals !== undefined) words['bound'] = proposals;
  };
  for (const some of ROUNDS) await measure(some, extent[measuredOn(some[0])]);
  if (generates(model)) {
    for (const how of model.completions.all) await measure(['mmse'], extent.test, how);
    if (model.imagine && trained.prior) await measure(['mmse'], imagined(extent), IMAGINE);
  }
  const way = wayIn(RECALL_WAYS, measures);
  const memory = way && generates(model) && (await measureMemory(model, train, way, seed, work));
  if (memory) Object.assign(numbers, recallNumbers(memory, train.count));
  const near = wayIn(NEARING_WAYS, measures);
  if (near && point !== null && classifies(model))
    Object.assign(numbers, await measureNearness(model, data.test, near, point));
  for (const [name, value] of Object.entries(numbers))
    if (!Number.isFinite(value))
      throw new NgcError('diverged', `The trained model’s ${name} is ${value}.`);
  return { numbers, words };
}

/** What a memory recalled of so many stored images: its error, and in percent how many are nearest to their own, and near it. */
const recallNumbers = ({ mse, right, close }: Recalled, images: number) => ({
  ...{ recalled: mse, right: 100 * right, close: 100 * close },
  ...{ 'n.recalled': images, 'n.right': images, 'n.close': images },
});

/** The prior that a trained model is kept with, and what it was fitted to. */
const priorOf = ({ prior }: Trained) =>
  prior && {
    mixture: prior.mixture,
    origin: `fitted to ${grouped(prior.codes)} training images`,
  };

/** What is known of a model without measuring. */
async function aboutModel({ model, course }: Trained): Promise<Measurement> {
  const { curve, seconds } = course;
  // The best look's model is kept where a training has patience, else the last one's.
  const validation = curve.validation[curve.images.indexOf(model.imagesSeen)] ?? null;
  const matrices = [...(await model.parameters()).values()].filter(
    ({ shape }) => shape.length === 2,
  );
  const numbers: Record<string, number> = {
    seconds,
    imagesSeen: model.imagesSeen,
    ...(validation !== null && { validation }),
    ...(perceives(model) && widthOf(model)),
    ...(hasEnergy(model) && { operations: model.operations / 1e6 }),
    synapses: matrices.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  };
  return { numbers, words: {} };
}

const widthOf = ({ latentWidth }: CodingModel) => ({ codeWidth: latentWidth });

/** Measures that are one number, of the same name. */
const PLAIN = ['bce', 'sampled', 'logpx', 'bound', 'exact', 'err', 'accuracy', 'mse'] as const;

/** What `evaluate` measured, by the names that results use, each with the number of its images. */
function namedNumbers(measured: Measured, images: number): Record<string, number> {
  const { mmse, how, sparsity, auroc, doubt } = measured;
  const numbers: Record<string, number> = {};
  const add = (name: string, value: number | undefined) => {
    if (value === undefined) return;
    numbers[name] = value;
    numbers[`n.${name}`] = images;
  };
  for (const name of PLAIN) add(name, measured[name]);
  if (how !== undefined) add(`mmse.${how}`, mmse);
  sparsity?.forEach((share, i) => add(`rho${i + 1}`, share));
  for (const [score, told] of Object.entries({ auroc, doubt }))
    for (const [stranger, value] of Object.entries(told ?? {})) add(`${score}.${stranger}`, value);
  return numbers;
}
