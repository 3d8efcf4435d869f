import * as tf from '@tensorflow/tfjs-core';

import { evenOverClasses } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { imagesOf } from '../data/dataset.ts';
import { latentsOf } from '../engine/measures/latents.ts';
import { fitMixture } from '../engine/prior/fit.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors, mixtureToTensors } from '../engine/prior/store.ts';
import type { SamplesReport } from '../protocol/reports.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { DatasetShelf } from './datasets.ts';
import type { Network } from './network.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

/** The quick prior of the page: K Gaussians with diagonal covariances. */
const COMPONENTS = 30;
/** With fewer latents than this at hand, images of the training set are settled first. */
const ENOUGH_LATENTS = 1000;

/** A prior and the state of the synapses it belongs to. */
interface KnownPrior {
  readonly mixture: Mixture;
  readonly version: number;
  readonly origin: string;
}

const priors = new WeakMap<Network, KnownPrior>();

/** The prior that fits the network's synapses as they are: fitted before, or come with its file. */
function knownPrior(network: Network): KnownPrior | null {
  const known = priors.get(network);
  if (known?.version === network.version) return known;
  if (network.filePrior === null || network.version !== 1) return null;
  const fromFile = {
    mixture: mixtureFromTensors(network.filePrior),
    version: network.version,
    origin: 'came with the model',
  };
  priors.set(network, fromFile);
  return fromFile;
}

/** Whether sampling can begin at once. */
export function hasPrior(network: Network): boolean {
  return knownPrior(network) !== null;
}

/** The prior to be stored with a network, or null where none fits its synapses. */
export function priorTensors(network: Network): ReadonlyMap<string, FloatArray> | null {
  const known = knownPrior(network);
  return known ? mixtureToTensors(known.mixture) : null;
}

/** Samples pictures: z_L from the prior (fitted first where there is none), projected down to the pixels (Eq. 1). */
export function drawSamples(
  network: Network,
  dataset: Dataset | null,
  { count, seed }: { count: number; seed: number },
  task: Task,
): Promise<SamplesReport> {
  return task.run('sampling', 'Drawing samples', async (signal) => {
    const prior = knownPrior(network) ?? (await fitPrior(network, dataset, task, signal));
    const { shape, data } = sampleMixture(prior.mixture, count, seed);
    const top = tf.tensor2d(data, shape as [number, number]);
    const mu0 = network.image.decode(top);
    const pixels = Float32Array.from(await mu0.data());
    tf.dispose([top, mu0]);
    return { count, pixels, prior: describe(prior) };
  });
}

/** The prior of a network as it is: the one at hand, at once, or one that is fitted now, which takes its turn among long work. */
export async function priorFor(
  network: Network,
  datasets: DatasetShelf,
  task: Task,
): Promise<Pick<KnownPrior, 'mixture'>> {
  const known = knownPrior(network);
  if (known) return known;
  await datasets.arrived();
  return task.run('sampling', 'Fitting the prior', (signal) =>
    fitPrior(network, datasets.current, task, signal),
  );
}

function describe({ mixture, origin }: KnownPrior): string {
  const forms = { full: 'full', diagonal: 'diagonal', factor: 'low-rank' } as const;
  return `mixture of ${mixture.components} Gaussians (${forms[mixture.kind]} covariances), ${origin}`;
}

async function fitPrior(
  network: Network,
  dataset: Dataset | null,
  task: Task,
  signal: AbortSignal,
): Promise<KnownPrior> {
  const { latents, model } = network;
  const values =
    latents.count >= ENOUGH_LATENTS
      ? latents.values()
      : await settleLatents(network, dataset, task, signal);
  const points = { shape: [values.length / latents.width, latents.width], data: values };
  const { mixture } = await fitMixture(points, {
    components: COMPONENTS,
    covariance: 'diagonal',
    seed: network.seed,
    signal,
    onProgress: ({ fraction }) => task.report('Fitting the prior', fraction),
  });
  const images = points.shape[0]!.toLocaleString('en');
  const known = {
    mixture,
    version: network.version,
    origin: `fitted on layer ${model.layers} for ${images} images`,
  };
  priors.set(network, known);
  return known;
}

async function settleLatents(
  network: Network,
  dataset: Dataset | null,
  task: Task,
  signal: AbortSignal,
): Promise<Float32Array> {
  if (!dataset)
    throw new NgcError(
      'data',
      'Sampling and imagining need a prior, and fitting one needs a dataset: choose one.',
    );
  const chosen = evenOverClasses(dataset.train, ENOUGH_LATENTS, network.seed);
  return latentsOf(network.image, imagesOf(dataset.train, chosen), {
    onProgress: async (fraction) => {
      task.report('Settling images for the prior', fraction);
      await yieldToMessages();
      if (signal.aborted) throw new NgcError('cancelled', 'Sampling was cancelled.');
    },
  });
}
