import type { ModelSettings } from '../../engine/model.ts';
import type { Setting } from '../../engine/settings.ts';
import { FORMS } from './activations.ts';
import type { Form } from './activations.ts';

/** What a network is for: three of them see the image as z_0, three as z_L. */
export const CLASSIFYING = ['supervised', 'limit', 'surprise'] as const;
export const GENERATING = ['compress', 'recall', 'langevin'] as const;
export const SYSTEMS = [...CLASSIFYING, ...GENERATING] as const;
export type System = (typeof SYSTEMS)[number];

/** Every setting of a predictive-coding network, as a file stores it; equations B1–B9 say what each does. */
export interface NetworkSettings extends ModelSettings {
  readonly variant: 'pcn';
  readonly system: System;
  /** n_0 … n_L, in the direction of prediction. */
  readonly sizes: readonly number[];
  readonly hidden: Form;
  readonly end: Form;
  readonly placement: 'outside' | 'inside';
  readonly output: 'gaussian' | 'softmax' | 'bernoulli';
  /** k. */
  readonly outputVariance: number;
  /** λ_0. */
  readonly priorPrecision: number;
  readonly skip: boolean;
  /** γ. */
  readonly rate: number;
  /** m. */
  readonly momentum: number;
  /** T. */
  readonly steps: number;
  readonly order: 'parallel' | 'sweep';
  readonly init: 'forward' | 'zero' | 'random';
  readonly initSd: number;
  readonly schedule: 'none' | 'spiking' | 'decaying';
  readonly alpha: number;
  /** β. */
  readonly nudge: number;
  /** τ. */
  readonly temperature: number;
  /** "backprop" makes it its own twin, which learns by backpropagation (B4). */
  readonly learn: 'settled' | 'forward' | 'backprop';
  readonly update: 'end' | 'every';
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly sigma: 'none' | 'full' | 'diagonal';
  readonly sigmaFrom: 'settled' | 'forward';
  readonly sigmaRate: number;
  readonly sigmaFloor: number;
}

/** The settings of a network of which nothing is said (B1), but for its sizes, which follow from what it is for. */
const DEFAULTS: Omit<NetworkSettings, 'system' | 'sizes'> = {
  variant: 'pcn',
  hidden: 'leaky_relu',
  end: 'identity',
  placement: 'outside',
  output: 'gaussian',
  outputVariance: 1,
  priorPrecision: 0,
  skip: false,
  rate: 0.1,
  momentum: 0,
  steps: 20,
  order: 'parallel',
  init: 'forward',
  initSd: 0.1,
  schedule: 'none',
  alpha: 0.001,
  nudge: 1,
  temperature: 0,
  learn: 'settled',
  update: 'end',
  optimizer: 'adam',
  learningRate: 0.001,
  weightDecay: 0,
  sigma: 'none',
  sigmaFrom: 'settled',
  sigmaRate: 0.01,
  sigmaFloor: 0.01,
  batch: 100,
};

/** Sizes of the tutorial's networks: a classifier (B1), a folded autoencoder (B3), a memory (B7). */
const SIZES: Record<System, readonly number[]> = {
  supervised: [784, 128, 128, 128, 10],
  limit: [784, 128, 128, 128, 10],
  surprise: [784, 128, 128, 128, 10],
  compress: [64, 384, 784],
  recall: [32, 256, 784],
  langevin: [16, 256, 784],
};

export const defaultsOf = (system: System): NetworkSettings => ({
  ...DEFAULTS,
  system,
  sizes: SIZES[system],
});

/** Whether z_0 is the image, and z_L what is to be said of it. */
export const isClassifying = (system: System): system is (typeof CLASSIFYING)[number] =>
  CLASSIFYING.some((name) => name === system);

const number = (min: number, max: number) => ({ type: 'number', min, max }) as const;
const whole = (min: number, max: number) => ({ type: 'number', min, max, integer: true }) as const;
const choice = (choices: readonly (string | boolean)[]) => ({ type: 'choice', choices }) as const;

/** The least that something may be which must be more than nothing. */
const ABOVE_ZERO = 1e-9;

/** A row of the table below. */
const setting = (
  key: keyof NetworkSettings,
  live: boolean,
  range: ReturnType<typeof number | typeof whole | typeof choice>,
  meaning: string,
): Setting => ({ key, live, meaning, ...range });

export const SETTINGS: readonly Setting[] = [
  setting('variant', false, choice(['pcn']), 'Which model'),
  setting('system', false, choice(SYSTEMS), 'What the network is for'),
  {
    key: 'sizes',
    meaning: 'Neurons per layer, in the direction of prediction: to a label, or to a picture',
    live: false,
    ...({ type: 'numbers', min: 1, max: 16384, length: [2, 65] } as const),
  },
  setting('hidden', false, choice(FORMS), 'Activation of the hidden layers'),
  setting('end', false, choice(FORMS), 'Activation of the last layer'),
  setting('placement', false, choice(['outside', 'inside']), 'f(W·z + b), or W·f(z) + b'),
  setting(
    'output',
    false,
    choice(['gaussian', 'softmax', 'bernoulli']),
    'What the last layer predicts: a mean, or the probabilities of classes or of pixels',
  ),
  setting('outputVariance', true, number(ABOVE_ZERO, 1e9), 'Variance of the last layer (k)'),
  setting('priorPrecision', false, number(0, 1e9), 'Precision of the prior of a free z_0 (λ0)'),
  setting('skip', false, choice([false, true]), 'Whether hidden layers add the layer before'),
  setting('rate', true, number(ABOVE_ZERO, 1e3), 'Settling rate (γ)'),
  setting('momentum', true, number(0, 0.999), 'Momentum of settling (m)'),
  setting('steps', true, whole(1, 10_000), 'Settling steps (T)'),
  setting(
    'order',
    true,
    choice(['parallel', 'sweep']),
    'All layers at once, or from the last to the first, each from the newest states',
  ),
  setting('init', true, choice(['forward', 'zero', 'random']), 'Where free states start'),
  setting('initSd', true, number(0, 1e3), 'Standard deviation of a random start'),
  setting(
    'schedule',
    true,
    choice(['none', 'spiking', 'decaying']),
    'How errors are weighed while they travel inwards',
  ),
  setting('alpha', true, number(0, 1e3), 'Weight of errors where spiking has none'),
  setting('nudge', true, number(-1, 1), 'How far the output is moved to the label (β), not 0'),
  setting('temperature', true, number(0, 1e3), 'Noise of settling (τ): 0 settles, 1 samples'),
  setting(
    'learn',
    true,
    choice(['settled', 'forward', 'backprop']),
    'Activities that synapses learn from; backprop: the twin that does not settle',
  ),
  setting('update', true, choice(['end', 'every']), 'Learns after settling, or at every step too'),
  setting('optimizer', false, choice(['sgd', 'adam']), 'Plain gradient ascent, or Adam'),
  setting('learningRate', true, number(0, 100), 'Step size'),
  setting('weightDecay', true, number(0, 1e3), 'Pull of the matrices towards zero'),
  setting('sigma', false, choice(['none', 'full', 'diagonal']), 'Whether covariances are learnt'),
  setting('sigmaFrom', true, choice(['settled', 'forward']), 'Errors that they learn from'),
  setting('sigmaRate', true, number(0, 100), 'Step size of covariances'),
  setting('sigmaFloor', true, number(ABOVE_ZERO, 1e3), 'The least that a variance may be'),
  setting('batch', true, whole(1, 10_000), 'Images learnt from at once'),
];
