import type { Quantity } from './experiment.ts';

/* The numbers of results, for people: each stands once, and tables and figures name it. */

export const BCE: Quantity = {
  key: 'bce',
  title: 'BCE',
  unit: 'nats an image',
  better: 'lower',
  digits: 2,
  meaning: 'How badly whole test images are reconstructed: −log p(x | μ₀).',
};

export const LOG_P: Quantity = {
  key: 'logpx',
  title: 'log p(x)',
  unit: 'nats an image',
  better: 'higher',
  digits: 2,
  meaning:
    'The likelihood of test images under 5,000 pictures drawn from the prior, by the right formula.',
};

export const LOG_P_PRINTED: Quantity = {
  key: 'logpx+17.03',
  title: 'log p(x) + 17.03',
  unit: 'nats an image',
  better: 'higher',
  digits: 2,
  meaning:
    'The same plus 2·log 5,000 = 17.03 nats: how the paper’s column was very likely computed.',
};

export const BOUND: Quantity = {
  key: 'bound',
  title: 'importance bound',
  unit: 'nats an image',
  better: 'higher',
  digits: 1,
  meaning:
    'A tighter lower bound of log p(x): 500 draws around what the model makes of each test image.',
};

export const EXACT: Quantity = {
  key: 'exact',
  title: 'log p(x), exact',
  unit: 'nats an image',
  better: 'higher',
  digits: 2,
  meaning: 'Of a mixture of binary pictures log p(x) needs no estimate: it is computed.',
};

export const SAMPLED: Quantity = {
  key: 'sampled',
  title: 'BCE with noise',
  unit: 'nats an image',
  better: 'lower',
  digits: 2,
  meaning: 'BCE with a code drawn from the encoder instead of its mean.',
};

export const ERR: Quantity = {
  key: 'err',
  title: 'Err',
  unit: '%',
  better: 'lower',
  digits: 2,
  meaning: 'Test images of which a softmax classifier on the codes says another class.',
};

export const MMSE: Quantity = {
  key: 'mmse',
  title: 'M-MSE',
  unit: 'an image',
  better: 'lower',
  digits: 1,
  meaning:
    'Squared error over the hidden right half, filled in by the paper’s rule (Eq. 19; autoencoders: once).',
  bestOf: ['mmse.eq19', 'mmse.once', 'mmse.mean-image', 'mmse.10-nn'],
};

export const BEST_MMSE: Quantity = {
  key: 'mmse.best',
  title: 'M-MSE, best rule',
  unit: 'an image',
  better: 'lower',
  digits: 1,
  meaning: 'The same by whichever of its rules completes this model best.',
  bestOf: [
    'mmse.eq19',
    'mmse.silent',
    'mmse.imagine',
    'mmse.once',
    'mmse.iterated',
    'mmse.inferred',
  ],
};

export const ACTIVE: readonly Quantity[] = [1, 2, 3].map((layer) => ({
  key: `rho${layer}`,
  title: `ρ${layer}`,
  unit: 'share of neurons',
  better: 'neither',
  digits: 2,
  meaning: `The share of neurons of layer ${layer} that are active (above 10⁻⁶) for an image.`,
}));

export const CODE_WIDTH: Quantity = {
  key: 'codeWidth',
  title: 'code',
  unit: 'numbers',
  better: 'neither',
  digits: 0,
  meaning: 'How many numbers the prior and the classifier see of an image.',
};

export const SECONDS: Quantity = {
  key: 'seconds',
  title: 'training',
  unit: 's',
  better: 'lower',
  digits: 0,
  meaning: 'Seconds spent training, on the machine that the result names.',
};

export const ACCURACY: Quantity = {
  key: 'accuracy',
  title: 'accuracy',
  unit: '%',
  better: 'higher',
  digits: 2,
  meaning: 'Test images of which the network says the right class, by a forward pass.',
  ofValidation: (err) => 100 - err,
};

export const OPERATIONS: Quantity = {
  key: 'operations',
  title: 'M ops',
  unit: 'millions',
  better: 'lower',
  digits: 2,
  meaning: 'What one update needs of an image, counted: two for each multiply-add of its products.',
};

export const MSE: Quantity = {
  key: 'mse',
  title: 'MSE',
  unit: 'a pixel',
  better: 'lower',
  digits: 4,
  meaning: 'Squared error of what the network makes of test images that it settles on.',
};

const STRANGERS: readonly (readonly [name: string, title: string, what: string])[] = [
  ['others', 'Fashion', 'pieces of clothing'],
  ['noise', 'noise', 'pixels at random'],
  ['turned', 'turned', 'digits turned by 90°'],
  ['shuffled', 'shuffled', 'digits with shuffled pixels'],
  ['inverted', 'inverted', 'digits in white on black turned to black on white'],
];

/** How well free energy tells strangers (AUROC), by what is strange. */
export const TOLD: readonly Quantity[] = STRANGERS.map(([name, title, what]) => ({
  ...{ key: `auroc.${name}`, title, unit: 'AUROC', better: 'higher', digits: 3 },
  meaning: `The probability that ${what} leave more free energy than a digit does.`,
}));

/** The same of doubt, −max softmax. */
export const DOUBTED: readonly Quantity[] = STRANGERS.map(([name, title, what]) => ({
  ...{
    key: `doubt.${name}`,
    title: `${title}, by doubt`,
    unit: 'AUROC',
    better: 'higher',
    digits: 3,
  },
  meaning: `The probability that the network is less sure (by softmax) of ${what} than of a digit.`,
}));

export const RECALLED: Quantity = {
  key: 'recalled',
  title: 'MSE',
  unit: 'a pixel',
  better: 'lower',
  digits: 4,
  meaning: 'Squared error between what the memory gives back and the image that was stored.',
};

export const RIGHT: Quantity = {
  key: 'right',
  title: 'right image',
  unit: '%',
  better: 'higher',
  digits: 1,
  meaning: 'Spoilt images of which what comes back is nearest to the image that was stored.',
};

export const CLOSE: Quantity = {
  key: 'close',
  title: 'MSE under 0.005',
  unit: '%',
  better: 'higher',
  digits: 1,
  meaning: 'Spoilt images that come back so near to what was stored that one sees no difference.',
};

export const COSINE: Quantity = {
  key: 'cosine',
  title: 'cosine',
  unit: '',
  better: 'higher',
  digits: 4,
  meaning: 'Of the angle between the change of all synapses and that by backpropagation.',
};

export const RATIO: Quantity = {
  key: 'ratio',
  title: 'ratio',
  unit: '',
  better: 'neither',
  digits: 3,
  meaning: 'The length of k times the change, as a share of that by backpropagation.',
};

export const DISTANCE: Quantity = {
  key: 'distance',
  title: 'distance',
  unit: '',
  better: 'lower',
  digits: 4,
  meaning: 'How far k times the change is from that by backpropagation, as a share of its length.',
};
