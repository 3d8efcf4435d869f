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

/** How one setting is shown, checked and explained. */
export type SettingDescription = Setting & {
  readonly key: keyof ModelConfig;
  /** The symbol in the paper, or a short form where it has none. */
  readonly symbol: string;
  readonly label: string;
};

const number = (min: number, max: number) => ({ type: 'number', min, max }) as const;
const integer = (min: number, max: number) =>
  ({ type: 'number', min, max, integer: true }) as const;

/** The one table of settings: validation, the command line and the page's drawer all read it. */
export const SETTINGS: readonly SettingDescription[] = [
  {
    key: 'variant',
    symbol: '',
    label: 'Model',
    meaning: 'Which of the four models of the paper',
    live: false,
    type: 'choice',
    choices: VARIANTS,
  },
  {
    key: 'sizes',
    symbol: 'J',
    label: 'Layer sizes',
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
    meaning: 'How far states move in one settling step',
    live: true,
    ...number(0.001, 1),
  },
  {
    key: 'leak',
    symbol: 'γ',
    label: 'Leak',
    meaning: 'How fast a state decays by itself',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'steps',
    symbol: 'T',
    label: 'Settling steps',
    meaning: 'Steps in one settling episode',
    live: true,
    ...integer(1, 1000),
  },
  {
    key: 'activation',
    symbol: 'φ',
    label: 'State activation',
    meaning: 'What turns a state into activity',
    live: false,
    type: 'choice',
    choices: ACTIVATION_NAMES,
  },
  {
    key: 'meanActivation',
    symbol: 'g',
    label: 'Mean activation',
    meaning: 'What shapes a prediction of a hidden layer (the pixels always use the sigmoid)',
    live: false,
    type: 'choice',
    choices: ACTIVATION_NAMES,
  },
  {
    key: 'lateral',
    symbol: 'V',
    label: 'Lateral pattern',
    meaning: 'Who competes: columns, neighbours, a matrix of your own, or nobody',
    live: false,
    type: 'choice',
    choices: ['groups', 'band', 'matrix', 'none'],
  },
  {
    key: 'groups',
    symbol: 'K',
    label: 'Group sizes',
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
    meaning: 'How strongly a neuron excites itself',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'lateralInhibition',
    symbol: 'αh',
    label: 'Lateral inhibition',
    meaning: 'How strongly neurons of a column inhibit each other',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'laplace',
    symbol: 'λ',
    label: 'Laplace prior',
    meaning: 'A constant pull of every state towards zero',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'precision',
    symbol: 'Σ⁻¹',
    label: 'Precision',
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
    meaning: 'How fast error synapses learn, relative to the generative ones',
    live: true,
    ...number(0, 10),
  },
  {
    key: 'maxNorm',
    symbol: '‖W‖',
    label: 'Norm limit',
    meaning: 'The largest Euclidean norm a column of synapses may have',
    live: true,
    ...number(0.01, 1000),
  },
  {
    key: 'maxNormAbove',
    symbol: '‖W₂…‖',
    label: 'Norm limit above',
    meaning: 'The limit for synapses between hidden layers; 0: the same as for those at the pixels',
    live: true,
    ...number(0, 1000),
  },
  {
    key: 'normAxis',
    symbol: 'axis',
    label: 'Norm axis',
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
    meaning: 'clip: only columns over the limit are scaled; force: all are',
    live: true,
    type: 'choice',
    choices: ['clip', 'force'],
  },
  {
    key: 'optimizer',
    symbol: '',
    label: 'Optimizer',
    meaning: 'Plain gradient ascent, or Adam',
    live: false,
    type: 'choice',
    choices: ['sgd', 'adam'],
  },
  {
    key: 'learningRate',
    symbol: 'η',
    label: 'Learning rate',
    meaning: 'Step size of the synapses W, M and E',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'rateHalfLife',
    symbol: 'η½',
    label: 'Rate half-life',
    meaning: 'Images after which the learning rate has halved; 0 keeps it constant',
    live: true,
    ...number(0, 1e9),
  },
  {
    key: 'precisionRate',
    symbol: 'ηΣ',
    label: 'Precision rate',
    meaning: 'Step size of the covariance Σ',
    live: true,
    ...number(0, 1),
  },
  {
    key: 'weightScale',
    symbol: 'σw',
    label: 'Initial weights',
    meaning: 'Standard deviation of the initial synapses',
    live: false,
    ...number(0, 10),
  },
  {
    key: 'batch',
    symbol: 'B',
    label: 'Mini-batch',
    meaning: 'Images settled together for one weight update',
    live: true,
    ...integer(1, 10000),
  },
];
