/* What every symbol on the screen stands for: said here, and nowhere else. */

interface Explanation {
  readonly symbol: string;
  readonly name: string;
  /** One sentence. */
  readonly text: string;
  readonly unit: string;
}

const NONE = 'no unit';

export const symbols = {
  input: {
    symbol: 'x',
    name: 'input',
    text: 'The pixels: 1 is ink, 0 is paper, and hidden ones are what is being imagined.',
    unit: '0 … 1',
  },
  state: {
    symbol: 'z',
    name: 'state',
    text: 'What a state neuron holds; each settling step moves it so that errors shrink.',
    unit: NONE,
  },
  activity: {
    symbol: 'φ(z)',
    name: 'activity',
    text: 'How strongly a state neuron fires: its state, sent through the activation φ. This is what other neurons hear.',
    unit: NONE,
  },
  slope: {
    symbol: 'φ′(z)',
    name: 'slope of the activation',
    text: 'How much the activity of a neuron changes with its state.',
    unit: NONE,
  },
  activation: {
    symbol: 'g',
    name: 'activation of a prediction',
    text: 'Turns what a layer receives from above into its prediction; at the pixels it is the sigmoid.',
    unit: NONE,
  },
  prediction: {
    symbol: 'μ',
    name: 'prediction',
    text: 'What the layers above say this layer should be.',
    unit: 'as what it predicts; at the pixels a probability',
  },
  error: {
    symbol: 'e',
    name: 'error',
    text: 'What the prediction missed: what is there minus what was predicted, weighed by the precision where a layer has one.',
    unit: NONE,
  },
  energy: {
    symbol: '‖e‖²',
    name: 'squared length of the errors',
    text: 'The squares of all error neurons of a layer, added up: how much error is left there.',
    unit: NONE,
  },
  covariance: {
    symbol: 'Σ',
    name: 'covariance',
    text: 'How the errors of a layer vary together; it is learnt.',
    unit: NONE,
  },
  precision: {
    symbol: 'Σ⁻¹',
    name: 'precision',
    text: 'How much the errors of a layer weigh: the inverse of its whole covariance.',
    unit: NONE,
  },
  generative: {
    symbol: 'W',
    name: 'generative synapses',
    text: 'Carry activity down: what a state neuron predicts in the layer below. They are learnt.',
    unit: NONE,
  },
  transposed: {
    symbol: 'Wᵀ',
    name: 'generative synapses, taken backwards',
    text: 'In this network errors go up by the same synapses that predictions come down by.',
    unit: NONE,
  },
  auxiliary: {
    symbol: 'M',
    name: 'generative synapses past a layer',
    text: 'Carry activity two layers down. They are learnt.',
    unit: NONE,
  },
  errorSynapses: {
    symbol: 'E',
    name: 'error synapses',
    text: 'Carry errors up to the state neurons that can mend them. They are learnt.',
    unit: NONE,
  },
  lateral: {
    symbol: 'V',
    name: 'lateral synapses',
    text: 'Between neurons of one layer, and fixed: φ(z)·V is subtracted, so a positive one holds a rival down, and the negative one on the diagonal excites the neuron itself.',
    unit: NONE,
  },
  beta: {
    symbol: 'β',
    name: 'step size',
    text: 'The part of the change d that a state takes on in one step.',
    unit: NONE,
  },
  gamma: {
    symbol: 'γ',
    name: 'leak',
    text: 'How strongly every state is drawn back to 0.',
    unit: NONE,
  },
  lambda: {
    symbol: 'λ',
    name: 'strength of the prior',
    text: 'Pulls every state towards 0 by the same amount, whatever its size (a Laplace prior).',
    unit: NONE,
  },
  sign: {
    symbol: 'sign',
    name: 'sign',
    text: '+1 for what is positive, −1 for what is negative, 0 for 0.',
    unit: NONE,
  },
  errorRate: {
    symbol: 'λ_E',
    name: 'rate of the error synapses',
    text: 'How fast error synapses E learn, beside the generative ones W.',
    unit: NONE,
  },
  change: {
    symbol: 'd',
    name: 'change of a state',
    text: 'All that pulls at a state in one step, added up.',
    unit: NONE,
  },
  weightChange: {
    symbol: 'ΔW',
    name: 'change of a synapse',
    text: 'Where learning moves a synapse: activity at one end times error at the other.',
    unit: NONE,
  },
  discrepancy: {
    symbol: 'ψ',
    name: 'total discrepancy',
    text: 'How well all predictions fit, in one number; higher is better. Settling and learning try to raise it.',
    unit: 'nats an image',
  },
  sparsity: {
    symbol: 'ρ',
    name: 'share of active neurons',
    text: 'Which part of the neurons of a layer fires at all.',
    unit: 'share, 0 … 1',
  },
  nats: {
    symbol: 'nats',
    name: 'nats',
    text: 'How surprising something is: minus the natural logarithm of its probability.',
    unit: '1 nat = 1.44 bits',
  },
} as const satisfies Record<string, Explanation>;

export const explained = {
  unit: (unit: string) => `Unit: ${unit}`,
} as const;

export const later = {
  missing: 'This part of the page could not be loaded: reload the page to try again.',
};
