import type { DatasetId } from '../../data/dataset.ts';
import { DATASET_IDS, imagesOf } from '../../data/dataset.ts';
import { ACTIVE } from '../../engine/constants.ts';
import { IMPORTANCE_DRAWS } from '../../engine/measures/importance.ts';
import { MONTE_CARLO_SAMPLES } from '../../engine/measures/likelihood.ts';
import { generative } from '../../engine/model.ts';
import { grouped } from '../../shared/grouped.ts';
import { BACKEND_OPTION, startNumerics, WORKERS_OPTION } from '../backend.ts';
import { printableLines, printableText } from '../../shared/errors.ts';
import { columns, defineCommand } from '../command.ts';
import {
  checkPixels,
  firstOf,
  heldOutOf,
  limitOption,
  loadDataset,
  NEEDED_DATA_OPTIONS,
} from '../datasets.ts';
import type { Measured } from '../../lab/evaluate.ts';
import { evaluate, IMAGINE, MEASURES } from '../../lab/evaluate.ts';
import type { Family } from '../../models/family.ts';
import { checkCompletion, completionOption, MODEL_OPTION, openModelFile } from '../models.ts';
import { checkCount, COUNT_OPTION, IMAGININGS } from '../imaginings.ts';
import { choice, decimal, flag, several, whole, withDefault } from '../options.ts';
import { LATENTS } from '../../lab/priors.ts';
import { neededPrior, priorOf } from '../priors.ts';
import { terminalWork } from '../work.ts';
import { Progress } from '../progress.ts';
import { listenForStop } from '../signals.ts';
import { NgcError } from '../../shared/errors.ts';
import { named } from '../files.ts';

const OPTIONS = {
  ...MODEL_OPTION,
  ...NEEDED_DATA_OPTIONS,
  split: withDefault(
    choice(
      'SPLIT',
      'What to measure on: test (default), train, or validation, the training images that "train --hold-out" and the Lab leave out.',
      ['test', 'train', 'validation'] as const,
    ),
    'test',
  ),
  limit: limitOption('Measures on the first N images only.'),
  measures: several(
    'LIST',
    `Which measures, by comma; default all that the model has but bound, of ${MEASURES.join(',')}.`,
    MEASURES,
  ),
  how: completionOption('How hidden pixels are filled in for mmse; default: the paper’s rule'),
  ...COUNT_OPTION,
  strangers: choice(
    'D',
    'For auroc, of models with a free energy: a dataset of strangers, whose test images are told from D’s.',
    DATASET_IDS,
  ),
  latents: withDefault(
    whole(
      'N',
      `Training images to settle for err, and for logpx where the model has no prior; evenly over the classes; default ${LATENTS}.`,
      1,
    ),
    LATENTS,
  ),
  samples: withDefault(
    whole('N', `Draws from the prior for logpx; default ${MONTE_CARLO_SAMPLES}.`, 1, 1e7),
    MONTE_CARLO_SAMPLES,
  ),
  'bound-draws': withDefault(
    whole('N', `Draws an image for bound; default ${IMPORTANCE_DRAWS}.`, 1, 1e6),
    IMPORTANCE_DRAWS,
  ),
  'bound-noise': decimal(
    'S',
    'Noise with which bound takes codes to be seen, to be chosen on other images; default: by the kind of model, else the best for 20 training images.',
    1e-3,
    1e3,
  ),
  seed: withDefault(
    whole(
      'S',
      'Seed of the draws, of the imaginings and of the choice of training images; default 1.',
      0,
      2 ** 32 - 1,
    ),
    1,
  ),
  json: flag('Writes the result as one line of JSON, and nothing else.'),
  ...BACKEND_OPTION,
  ...WORKERS_OPTION,
} as const;

/** The result as rows for a person. */
function table(measured: Measured): string {
  const rows: [string, string][] = [];
  const add = (name: string, value: number | undefined, unit: string) => {
    if (value !== undefined) rows.push([name, `${value.toFixed(2)} ${unit}`]);
  };
  add('BCE', measured.bce, 'nats an image');
  add('Sampled BCE', measured.sampled, 'nats an image (codes drawn, one an image)');
  const { how = '', imaginings } = measured;
  const filled = imaginings === undefined ? how : `${how}, the mean of ${imaginings}`;
  add('M-MSE', measured.mmse, `an image (right half hidden, filled in by ${filled})`);
  if (measured.sparsity)
    rows.push(['Sparsity', measured.sparsity.map((share) => share.toFixed(3)).join(' ')]);
  add('log p(x)', measured.logpx, 'nats an image');
  add('Bound', measured.bound, 'nats an image (importance bound on log p(x))');
  add('Exact', measured.exact, 'nats an image (its components as binary pictures)');
  add('Err', measured.err, '%');
  add('Accuracy', measured.accuracy, '%');
  if (measured.mse !== undefined) rows.push(['MSE', `${measured.mse.toFixed(5)} a pixel`]);
  if (measured.energy !== undefined)
    rows.push(['Free energy', `${measured.energy.toPrecision(4)} nats an image`]);
  for (const [stranger, share] of Object.entries(measured.auroc ?? {}))
    rows.push([`AUROC ${stranger}`, share.toFixed(3)]);
  for (const [stranger, share] of Object.entries(measured.doubt ?? {}))
    rows.push([`AUROC ${stranger}, doubt`, share.toFixed(3)]);
  if (measured.discrepancy) {
    const { mean, p5, p50, p95, blank } = measured.discrepancy;
    const [middle, low, high, empty] = [p50, p5, p95, blank].map((psi) => psi.toFixed(1));
    add('Discrepancy', mean, 'nats an image');
    rows.push(['', `median ${middle}, 90 % from ${low} to ${high}; an empty picture ${empty}`]);
  }
  if (measured.prior) rows.push(['Prior', measured.prior]);
  if (measured.proposals) rows.push(['Proposals', measured.proposals]);
  if (measured.classifier) rows.push(['Classifier', measured.classifier]);
  return columns(rows);
}

/** The measures that are no finite numbers, and what they are. */
function notNumbers(measured: Measured): string[] {
  return Object.entries(measured).flatMap(([name, value]: [string, unknown]) => {
    const values: readonly unknown[] =
      typeof value === 'object' && value !== null ? Object.values(value) : [value];
    const bad = values.find(
      (one): one is number => typeof one === 'number' && !Number.isFinite(one),
    );
    return bad === undefined ? [] : `${name} (${bad})`;
  });
}

export const evaluation = (families: readonly Family[]) =>
  defineCommand({
    name: 'eval',
    summary: 'measures a model as the paper does.',
    options: OPTIONS,
    notes: [
      `bce: −log p(x | mu_0) after settling on the whole image. sampled: the same of codes drawn from the model’s own density of codes, one an image. mmse: squared error over the right half, hidden and filled in (by the paper’s rule unless --how says otherwise). sparsity: share of neurons of each layer with activity above ${ACTIVE.toExponential()}. logpx: log p(x) by Monte Carlo from the prior in the model file, or from one of 75 full Gaussians that is fitted first (which takes minutes; "ngc prior" keeps one). bound: a tighter lower bound on log p(x), by importance sampling around the code of each image (some seconds an image and 500 draws; only where it is asked for). exact: log p(x) of a mixture's components as a mixture of binary pictures, exactly. err: test error in percent of a softmax regression on φ(z_L), with L2 penalty 1e-4 on standardised activities. discrepancy: total discrepancy ψ (Eq. 2) after settling, its mean and quantiles over the images, and that of an empty picture. Of a pcn: accuracy: percent of images whose class it says; mse: squared error of its reconstructions, a pixel; energy: free energy after settling (of a classifier with its own answer as the label), nats an image; auroc: the probability that a stranger has more of it: noise, the images turned by 90°, shuffled or inverted, and those of --strangers; beside it, of a classifier, doubt: the same of −max softmax.`,
      'The JSON has model, dataset, split, images, backend and a key for each measure; how says by which rule mmse was filled in, imaginings of how many its mean is by imagine, prior, proposals and classifier what logpx, bound and err rest on.',
    ],
    async run(values) {
      const {
        model: path,
        dataset,
        split: half,
        limit,
        measures,
        latents,
        samples,
        seed,
        how,
        count,
      } = values;
      checkCount(how, count);
      const start = () => startNumerics(values.backend, values.workers);
      const opened = await openModelFile(path, families, start);
      const { model, backend } = opened;
      checkPixels(model);
      if (how !== undefined) checkCompletion(generative(model, 'fill in hidden pixels'), how);
      const prior = how === IMAGINE ? neededPrior(opened, path) : priorOf(opened, path);
      const whole = await loadDataset(dataset satisfies DatasetId, values['data-dir']);
      const data = half === 'validation' ? heldOutOf(whole) : whole;
      const split = firstOf(half === 'train' ? data.train : data.test, limit);
      const others = values.strangers && (await loadDataset(values.strangers, values['data-dir']));
      const strange = others && imagesOf(firstOf(others.test, limit), undefined, model.shades);
      const progress = new Progress(values.json);
      const measured = await evaluate({
        model,
        prior: prior && { mixture: prior, origin: 'from the model file' },
        data,
        split,
        how,
        count: count ?? IMAGININGS,
        boundDraws: values['bound-draws'],
        boundNoise: values['bound-noise'],
        measures: measures ? new Set(measures) : null,
        ...(strange && { strangers: new Map([[values.strangers, strange]]) }),
        latents,
        samples,
        seed,
        work: terminalWork(progress, listenForStop()),
      });
      progress.clear();
      const images = split.count;
      process.stdout.write(
        values.json
          ? printableLines(`${JSON.stringify({ model: path, dataset, split: half, images, backend: backend.name, ...measured })}\n`) // prettier-ignore
          : `${printableText(path)} on ${grouped(images)} images of ${data.title} (${half}), ${backend.name}:\n${table(measured)}\n`,
      );
      const wrong = notNumbers(measured);
      if (wrong.length > 0)
        throw new NgcError('diverged', `${named('--model', path)} cannot be measured by ${wrong.join(', ')}: its synapses have left all proportion.`); // prettier-ignore
    },
  });
