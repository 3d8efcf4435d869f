import type { Dataset } from '../data/dataset.ts';
import { picturesOf } from '../engine/latents/walk.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import type { PriorForm, PriorReport, SamplesReport } from '../protocol/latents.ts';
import { NgcError } from '../shared/errors.ts';
import type { Network } from './network.ts';
import type { KnownPrior } from './priors.ts';
import { cameWithPrior, changePrior, neededPrior } from './priors.ts';
import type { Task } from './progress.ts';

/** What is drawn. */
interface Draw {
  readonly count: number;
  readonly seed: number;
  /** The only Gaussian that is drawn from; null: each as often as its weight says. */
  readonly component?: number | null;
  /** By what the standard deviations are multiplied; 1 if not given: the prior itself. */
  readonly temperature?: number;
}

/**
 * Samples pictures: z_L from the prior (fitted first where there is none), projected down to the pixels (Eq. 1). Throws a usage error
 * where the prior has no such Gaussian.
 */
export function drawSamples(
  network: Network,
  dataset: Dataset | null,
  { count, seed, component = null, temperature = 1 }: Draw,
  task: Task,
): Promise<SamplesReport> {
  return task.run('sampling', 'Drawing samples', async (signal) => {
    const prior = await neededPrior(network, dataset, task, signal);
    const { mixture, version } = prior;
    if (component !== null && component >= mixture.components)
      throw new NgcError(
        'usage',
        `The prior has Gaussians 0 to ${mixture.components - 1}, not ${component}.`,
      );
    const drawn = sampleMixture(mixture, count, seed, { component, temperature });
    const pixels = await picturesOf(network.image, drawn);
    return { count, pixels, prior: describe(prior), component, temperature, version };
  });
}

/** The prior of a network, Gaussian by Gaussian; `form`: fitted anew like that, or (null) as it came; absent: the one at hand. */
export function tellPrior(
  network: Network,
  dataset: Dataset | null,
  form: PriorForm | null | undefined,
  task: Task,
): Promise<PriorReport> {
  return task.run('sampling', 'Fitting the prior', async (signal) => {
    const prior =
      form === undefined
        ? await neededPrior(network, dataset, task, signal)
        : await changePrior(network, dataset, form, { task, signal });
    const { mixture, version } = prior;
    const { components, size, means, weights, kind } = mixture;
    return {
      form: prior.form,
      is: { covariance: kind, components },
      words: describe(prior),
      weights: weights.slice(),
      pictures: await picturesOf(network.image, { shape: [components, size], data: means }),
      came: cameWithPrior(network),
      version,
    };
  });
}

function describe({ mixture, origin }: KnownPrior): string {
  const forms = { full: 'full', diagonal: 'diagonal', factor: 'low-rank' } as const;
  return `mixture of ${mixture.components} Gaussians (${forms[mixture.kind]} covariances), ${origin}`;
}
