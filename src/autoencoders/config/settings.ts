import type { ModelSettings } from '../../engine/model.ts';
import type { Setting } from '../../engine/settings.ts';

/** The paper's autoencoders; and its classifier, which is told classes. */
export const AUTOENCODERS = ['rae', 'gvae-cv', 'gvae', 'gan-ae'] as const;
export const CLASSIFIERS = ['dsrn'] as const;

export type Variant = (typeof AUTOENCODERS)[number] | (typeof CLASSIFIERS)[number];

/** The settings that all have. */
interface Backpropagated extends ModelSettings {
  readonly variant: Variant;
  readonly initSd: number;
  /** The longest that the gradient of one tensor may be. */
  readonly clip: number;
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
}

interface Decoding extends Backpropagated {
  readonly decay: number;
}

export interface RaeConfig extends Decoding {
  readonly variant: 'rae';
  readonly latentDecay: number;
}

export interface GvaeCvConfig extends Decoding {
  readonly variant: 'gvae-cv';
  readonly variance: number;
}

export interface GvaeConfig extends Decoding {
  readonly variant: 'gvae';
}

export interface GanAeConfig extends Decoding {
  readonly variant: 'gan-ae';
  /** Units of the discriminator's hidden layers. */
  readonly discriminator: readonly number[];
  readonly adversarialRate: number;
}

export interface DsrnConfig extends Backpropagated {
  readonly variant: 'dsrn';
  readonly sparsity: number;
  readonly classes: number;
}

export type AutoencoderConfig = RaeConfig | GvaeCvConfig | GvaeConfig | GanAeConfig;
export type AnyConfig = AutoencoderConfig | DsrnConfig;

const number = (min: number, max: number) => ({ type: 'number', min, max }) as const;
const integer = (min: number, max: number) =>
  ({ type: 'number', min, max, integer: true }) as const;

const SIZES = {
  key: 'sizes',
  meaning: 'Neurons per layer, from the pixels to the code',
  live: false,
  ...({ type: 'numbers', min: 1, max: 16384, length: [2, 17] } as const),
} as const;

const COMMON: readonly Setting[] = [
  SIZES,
  {
    key: 'initSd',
    meaning: 'Standard deviation of the initial weights',
    live: false,
    ...number(0, 10),
  },
  {
    key: 'clip',
    meaning: 'The longest that the gradient of one matrix or bias may be',
    live: true,
    ...number(1e-6, 1e9),
  },
  {
    key: 'optimizer',
    meaning: 'Plain gradient descent, or Adam',
    live: false,
    type: 'choice',
    choices: ['sgd', 'adam'],
  },
  { key: 'learningRate', meaning: 'Step size', live: true, ...number(0, 100) },
  { key: 'batch', meaning: 'Images learnt from at once', live: true, ...integer(1, 10000) },
];

const OWN: readonly Setting[] = [
  {
    key: 'decay',
    meaning: 'Pull of the decoder matrices towards zero',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'latentDecay',
    meaning: 'Pull of the code towards zero (RAE)',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'variance',
    meaning: 'Variance of the noise in the code (GVAE-CV)',
    live: true,
    ...number(1e-6, 100),
  },
  {
    key: 'discriminator',
    meaning: 'Units of the hidden layers of the discriminator (GAN-AE)',
    live: false,
    ...{ type: 'numbers', min: 1, max: 16384, length: [1, 8] },
  },
  {
    key: 'adversarialRate',
    meaning: 'Step size of the adversarial phases (GAN-AE)',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'sparsity',
    meaning: 'Cost of activity (DSRN)',
    live: true,
    ...number(0, 100),
  },
  {
    key: 'classes',
    meaning: 'Classes to tell apart (DSRN)',
    live: false,
    ...integer(2, 1000),
  },
];

/** The settings that only some have, by who has them. */
const HAS: Record<Variant, readonly string[]> = {
  rae: ['decay', 'latentDecay'],
  'gvae-cv': ['decay', 'variance'],
  gvae: ['decay'],
  'gan-ae': ['decay', 'discriminator', 'adversarialRate'],
  dsrn: ['sparsity', 'classes'],
};

/** Everything that may be set of any of these models, in the order of the tables above. */
export function settingsOf(variants: readonly Variant[]): readonly Setting[] {
  const kind: Setting = {
    key: 'variant',
    meaning: 'Which model',
    live: false,
    type: 'choice',
    choices: variants,
  };
  const own = new Set(variants.flatMap((variant) => HAS[variant]));
  return [kind, ...COMMON, ...OWN.filter(({ key }) => own.has(key))];
}
