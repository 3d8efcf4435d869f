import type { Dataset } from '../data/dataset.ts';
import type { Mixture } from '../engine/prior/mixture.ts';
import { mixtureFromTensors, mixtureToTensors } from '../engine/prior/store.ts';
import { fitPrior, trainingLatents } from '../lab/priors.ts';
import type { Work } from '../lab/work.ts';
import type { PriorForm } from '../protocol/latents.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { DatasetShelf } from './datasets.ts';
import type { Network } from './network.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

/** What the page fits by itself: quick. */
const QUICK: PriorForm = { covariance: 'diagonal', components: 30 };
/** With fewer latents than this at hand, images of the training set are settled first. */
const ENOUGH_LATENTS = 1000;
/** Covariances between neurons need more. */
const ENOUGH_FOR_COVARIANCES = 3000;
/** Factors a Gaussian, in the low-rank form: as in the models that lie beside the page. */
const RANK = 20;

/** A prior, and the state of the synapses it belongs to. */
export interface KnownPrior {
  readonly mixture: Mixture;
  readonly version: number;
  readonly origin: string;
  /** As it was asked for; null: as it came, or as the page fits one by itself. */
  readonly form: PriorForm | null;
}

const priors = new WeakMap<Network, KnownPrior>();
/** The latents that were settled to fit one, and of which synapses and data. */
const settled = new WeakMap<
  Network,
  { readonly version: number; readonly dataset: Dataset; readonly latents: FloatArray }
>();

/** Whether a prior came with the network, and still fits its synapses. */
export const cameWithPrior = ({ filePrior, version }: Network): boolean =>
  filePrior !== null && version === 1;

/** The prior that fits the network's synapses as they are: fitted before, or come with its file. */
export function knownPrior(network: Network): KnownPrior | null {
  const known = priors.get(network);
  if (known?.version === network.version) return known;
  return cameWithPrior(network) ? takeFromFile(network) : null;
}

/** Takes the prior in a checkpoint for that of its synapses as they are: it was kept with them. */
export function takePrior(network: Network): void {
  if (network.filePrior) takeFromFile(network);
}

function takeFromFile(network: Network): KnownPrior {
  const known = {
    mixture: mixtureFromTensors(network.filePrior!),
    version: network.version,
    origin: 'came with the model',
    form: null,
  };
  priors.set(network, known);
  return known;
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

/** The prior of a network as it is: the one at hand, at once, or one that is fitted now, which takes its turn among long work. */
export async function priorFor(
  network: Network,
  datasets: DatasetShelf,
  task: Task,
): Promise<KnownPrior> {
  const known = knownPrior(network);
  if (known) return known;
  await datasets.arrived();
  return task.run('sampling', 'Fitting the prior', (signal) =>
    neededPrior(network, datasets.current, task, signal),
  );
}

/** The prior at hand; where there is none, one of the form that was last asked for of this network is fitted, as a part of a task. */
export async function neededPrior(
  network: Network,
  dataset: Dataset | null,
  task: Task,
  signal: AbortSignal,
): Promise<KnownPrior> {
  return (
    knownPrior(network) ??
    fitted(network, dataset, priors.get(network)?.form ?? null, { task, signal })
  );
}

/**
 * Changes the prior of a network: fits one of a form, or, for null, takes the one that came with it, or fits one as the page does by
 * itself. Cancelled, or where it fails, the prior stays as it was.
 */
export async function changePrior(
  network: Network,
  dataset: Dataset | null,
  form: PriorForm | null,
  work: { readonly task: Task; readonly signal: AbortSignal },
): Promise<KnownPrior> {
  if (form === null && cameWithPrior(network)) return takeFromFile(network);
  return fitted(network, dataset, form, work);
}

async function fitted(
  network: Network,
  dataset: Dataset | null,
  form: PriorForm | null,
  { task, signal }: { readonly task: Task; readonly signal: AbortSignal },
): Promise<KnownPrior> {
  const { covariance, components } = form ?? QUICK;
  const { version, seed } = network;
  const work: Work = {
    show: (label, fraction) => task.report(label, fraction),
    signal,
    async pause() {
      await yieldToMessages();
      if (signal.aborted) throw new NgcError('cancelled', 'Fitting the prior was cancelled.');
    },
  };
  const enough = covariance === 'diagonal' ? ENOUGH_LATENTS : ENOUGH_FOR_COVARIANCES;
  const latents = await latentsFor(network, dataset, enough, work);
  const { mixture } = await fitPrior(latents, { covariance, components, rank: RANK, seed }, work);
  const images = grouped(latents.shape[0]!);
  const origin = `fitted on layer ${network.model.layers} for ${images} images`;
  const known = { mixture, version, origin, form };
  priors.set(network, known);
  return known;
}

/** The latents of `enough` training images: those last learnt from, else others that are looked at now. */
async function latentsFor(
  network: Network,
  dataset: Dataset | null,
  enough: number,
  work: Work,
): Promise<FloatArray> {
  const { latents, version, seed } = network;
  if (latents.count >= Math.min(enough, latents.capacity))
    return { shape: [latents.count, latents.width], data: latents.values() };
  const before = settled.get(network);
  const fits = before?.version === version && before.dataset === dataset;
  if (fits && before.latents.shape[0]! >= enough) return before.latents;
  if (!dataset)
    throw new NgcError(
      'data',
      'Sampling and imagining need a prior, and fitting one needs a dataset: choose one.',
    );
  const found = await trainingLatents(network.image, dataset.train, enough, seed, work, 'prior');
  settled.set(network, { version, dataset, latents: found.latents });
  return found.latents;
}
