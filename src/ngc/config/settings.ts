import type { ActivationName } from '../../engine/activations.ts';
import { ACTIVATION_NAMES } from '../../engine/activations.ts';
import type { Setting } from '../../engine/settings.ts';
import type { Variant } from './variants.ts';
import { VARIANTS } from './variants.ts';

/**
 * Every setting of a model and its training; stored as JSON in a model file under these names.
 * `parseConfig` makes one, with the variant's defaults where a key is missing.
 */
export interface ModelConfig {
  readonly variant: Variant;
  /** Neurons per layer, from the pixels up: [J0, J1, …, JL]. */
  readonly sizes: readonly number[];
  readonly beta: number;
  readonly leak: number;
  readonly steps: number;
  readonly learnSteps: number;
  readonly activation: ActivationName;
  readonly meanActivation: ActivationName;
  readonly lateral: 'groups' | 'band' | 'matrix' | 'none';
  /** Neurons per competing group, one number a layer 1 … L. */
  readonly groups: readonly number[];
  readonly selfExcitation: number;
  readonly lateralInhibition: number;
  readonly laplace: number;
  readonly precision: 'inverse' | 'cholesky' | 'none';
  readonly errorRate: number;
  readonly maxNorm: number;
  readonly maxNormAbove: number;
  readonly normAxis: 0 | 1;
  readonly normMode: 'clip' | 'force';
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly rateHalfLife: number;
  readonly precisionRate: number;
  readonly weightScale: number;
  readonly batch: number;
}

/** What a setting can act on: neurons, what they are predicted to be, or the synapses between them. */
export type ActsOn = 'states' | 'predictions' | 'errors' | 'generative' | 'feedback' | 'lateral';

/** How one setting is shown, checked and explained. */
export type SettingDescription = Setting & {
  readonly key: keyof ModelConfig;
  /** The symbol in the paper, or a short form where it has none. */
  readonly symbol: string;
  readonly label: string;
  readonly actsOn: readonly ActsOn[];
  /** Where a slider moves it: from, to, and whether in ratios. What lies outside may be typed. */
  readonly slider?: { readonly from: number; readonly to: number; readonly log?: true };
};

const number = (min: number, max: number) => ({ type: 'number', min, max }) as const;
const integer = (min: number, max: number) =>
  ({ type: 'number', min, max, integer: true }) as const;

const SYNAPSES = ['generative', 'feedback'] as const;

/** The one table of settings: validation, the command line and the page's drawer all read it. */
export const SETTINGS: readonly SettingDescription[] = [
  {
    key: 'variant',
    symbol: '',
    label: 'Model',
    actsOn: [],
    meaning: 'Which of the four models of the paper',
    live: false,
    type: 'choice',
    choices: VARIANTS,
  },
  {
    key: 'sizes',
    symbol: 'J',
    label: 'Layer sizes',
    actsOn: ['states', 'errors'],
    meaning: 'Neurons per layer, from the pixels up',
    live: false,
    type: 'numbers',
    min: 1,
    max: 16384,
    length: [2, 17],
  },
  {
    key: 'beta',
    symbol: 'β',
    label: 'Step size',
    actsOn: ['states'],
    slider: { from: 0.01, to: 0.5 },
    meaning: 'How far states move in one settling step',
    live: true,
    ...number(0.001, 1),
  },
  {
    key: 'leak',
    symbol: 'γ',
    label: 'Leak',
    actsOn: ['states'],
    slider: { from: 0, to: 0.1 },
    meaning: 'How fast a state decays by itself',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'steps',
    symbol: 'T',
    label: 'Settling steps',
    actsOn: ['states'],
    slider: { from: 1, to: 100 },
    meaning: 'Steps in one settling episode',
    live: true,
    ...integer(1, 1000),
  },
  {
    key: 'learnSteps',
    symbol: 'TΔ',
    label: 'Steps to learn from',
    actsOn: SYNAPSES,
    slider: { from: 0, to: 100 },
    meaning:
      'Settling steps of a batch before the synapses change; 0: as many as in any other episode',
    live: true,
    ...integer(0, 1000),
  },
  {
    key: 'activation',
    symbol: 'φ',
    label: 'State activation',
    actsOn: ['states'],
    meaning: 'What turns a state into activity',
    live: false,
    type: 'choice',
    choices: ACTIVATION_NAMES,
  },
  {
    key: 'meanActivation',
    symbol: 'g',
    label: 'Mean activation',
    actsOn: ['predictions'],
    meaning: 'What shapes a prediction of a hidden layer (the pixels always use the sigmoid)',
    live: false,
    type: 'choice',
    choices: ACTIVATION_NAMES,
  },
  {
    key: 'lateral',
    symbol: 'V',
    label: 'Lateral pattern',
    actsOn: ['lateral'],
    meaning: 'Who competes: columns, neighbours, a matrix of your own, or nobody',
    live: false,
    type: 'choice',
    choices: ['groups', 'band', 'matrix', 'none'],
  },
  {
    key: 'groups',
    symbol: 'K',
    label: 'Group sizes',
    actsOn: ['lateral'],
    meaning: 'Neurons per competing column, one number a layer',
    live: false,
    type: 'numbers',
    min: 1,
    max: 16384,
    length: [1, 16],
  },
  {
    key: 'selfExcitation',
    symbol: 'αe',
    label: 'Self-excitation',
    actsOn: ['lateral'],
    slider: { from: 0, to: 1 },
    meaning: 'How strongly a neuron excites itself',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'lateralInhibition',
    symbol: 'αh',
    label: 'Lateral inhibition',
    actsOn: ['lateral'],
    slider: { from: 0, to: 1 },
    meaning: 'How strongly neurons of a column inhibit each other',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'laplace',
    symbol: 'λ',
    label: 'Laplace prior',
    actsOn: ['states'],
    slider: { from: 0, to: 0.1 },
    meaning: 'A constant pull of every state towards zero',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'precision',
    symbol: 'Σ⁻¹',
    label: 'Precision',
    actsOn: ['errors'],
    meaning:
      'How error neurons are weighted: the inverse covariance, its Cholesky form, or not at all',
    live: false,
    type: 'choice',
    choices: ['inverse', 'cholesky', 'none'],
  },
  {
    key: 'errorRate',
    symbol: 'λE',
    label: 'Error-synapse rate',
    actsOn: ['feedback'],
    slider: { from: 0, to: 2 },
    meaning: 'How fast error synapses learn, relative to the generative ones',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'maxNorm',
    symbol: '‖W‖',
    label: 'Norm limit',
    actsOn: SYNAPSES,
    slider: { from: 0.1, to: 10, log: true },
    meaning: 'The largest Euclidean norm a column of synapses may have',
    live: true,
    ...number(0.01, 1000),
  },
  {
    key: 'maxNormAbove',
    symbol: '‖W₂…‖',
    label: 'Norm limit above',
    actsOn: SYNAPSES,
    slider: { from: 0, to: 5 },
    meaning: 'The limit for synapses between hidden layers; 0: the same as for those at the pixels',
    live: true,
    ...number(0, 1000),
  },
  {
    key: 'normAxis',
    symbol: 'axis',
    label: 'Norm axis',
    actsOn: SYNAPSES,
    meaning:
      '0: the norm of what reaches one neuron below; 1: of what one neuron sends (its field)',
    live: true,
    type: 'choice',
    choices: [0, 1],
  },
  {
    key: 'normMode',
    symbol: '',
    label: 'Norm rule',
    actsOn: SYNAPSES,
    meaning: 'clip: only columns over the limit are scaled; force: all are',
    live: true,
    type: 'choice',
    choices: ['clip', 'force'],
  },
  {
    key: 'optimizer',
    symbol: '',
    label: 'Optimizer',
    actsOn: SYNAPSES,
    meaning: 'Plain gradient ascent, or Adam',
    live: false,
    type: 'choice',
    choices: ['sgd', 'adam'],
  },
  {
    key: 'learningRate',
    symbol: 'η',
    label: 'Learning rate',
    actsOn: SYNAPSES,
    slider: { from: 0.0001, to: 10, log: true },
    meaning: 'Step size of the synapses W, M and E',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'rateHalfLife',
    symbol: 'η½',
    label: 'Rate half-life',
    actsOn: SYNAPSES,
    meaning: 'Images after which the learning rate has halved; 0 keeps it constant',
    live: true,
    ...number(0, 1e9),
  },
  {
    key: 'precisionRate',
    symbol: 'ηΣ',
    label: 'Precision rate',
    actsOn: ['errors'],
    slider: { from: 0, to: 0.1 },
    meaning: 'Step size of the covariance Σ',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'weightScale',
    symbol: 'σw',
    label: 'Initial weights',
    actsOn: SYNAPSES,
    meaning: 'Standard deviation of the initial synapses',
    live: false,
    ...number(0, 10),
  },
  {
    key: 'batch',
    symbol: 'B',
    label: 'Mini-batch',
    actsOn: SYNAPSES,
    slider: { from: 1, to: 500, log: true },
    meaning: 'Images settled together for one weight update',
    live: true,
    ...integer(1, 10000),
  },
];
