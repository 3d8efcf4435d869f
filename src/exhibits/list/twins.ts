import type { Exhibit } from '../exhibit.ts';

/** Two networks that began alike and learn from the same batches, one by predictive coding, one by backpropagation. */
export interface TwinsShown {
  /** What they learn from: "MNIST". */
  readonly data: string;
  /** Images that they learn from, and those that they are tested with and never learn from. */
  readonly images: number;
  readonly heldOut: number;
  /** Batches of the whole run. */
  readonly batches: number;
  /** Batches learnt from when the accuracies were measured, and both accuracies then, in percent. */
  readonly at: Float32Array;
  readonly coding: Float32Array;
  readonly backprop: Float32Array;
  /** Of W_1 … W_L: from how many layers away the farthest signal comes that a synapse needs. */
  readonly reach: { readonly coding: readonly number[]; readonly backprop: readonly number[] };
}

export const twins: Exhibit<'twins'> = {
  id: 'twins',
  title: 'A twin without backpropagation',
  room: 'backprop',
  question: 'Does it learn as well as with backpropagation?',
  sees: 'Two networks start with the same synapses and see the same digits. One learns by backpropagation; the other settles first, and each of its synapses then learns from what lies beside it.',
  controls: [
    { kind: 'range', key: 'steps', title: 'Settling steps T', hint: 'How long the states settle on a batch before the synapses learn.', min: 1, max: 40, step: 1, usual: 8, restarts: true },
    { kind: 'range', key: 'rate', title: 'Settling rate γ', hint: 'How far the states move in a step.', min: 0.01, max: 1, step: 1.1, scale: 'logarithmic', usual: 0.1, restarts: true },
    { kind: 'range', key: 'variance', title: 'Output variance k', hint: 'How gently the label pulls: the larger, the less the states move away from the forward pass.', min: 1, max: 1000, step: 1.2, scale: 'logarithmic', usual: 1, restarts: true },
    { kind: 'range', key: 'images', title: 'Images to learn from', hint: 'How many training images both see, in batches of 100.', min: 500, max: 10000, step: 500, usual: 3000, inDrawer: true, restarts: true },
    { kind: 'range', key: 'epochs', title: 'Epochs', hint: 'How often they see each of them.', min: 1, max: 6, step: 1, usual: 2, inDrawer: true, restarts: true },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'Step size of Adam, the same for both.', min: 0.0001, max: 0.01, step: 1.2, scale: 'logarithmic', usual: 0.001, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'ΔW_l^{PC} = z_{l−1}ᵀ (e_l ⊙ f′_l)', name: 'predictive coding: the error neuron at the synapse’s own end, after settling', lights: 'coding' },
    { text: ' · ' },
    { text: 'ΔW_l^{BP} = z_{l−1}ᵀ (δ_l ⊙ f′_l)', name: 'backpropagation: a delta that was computed from all layers above', lights: 'backprop' },
    { text: ' · ' },
    { text: 'δ_l = (δ_{l+1} ⊙ f′_{l+1}) W_{l+1}ᵀ', name: 'how a delta comes down from the output, a layer at a time', lights: 'reach' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 43–49',
  trials: [
    { title: 'As they usually are', watch: 'The curves run side by side; predictive coding ends a little below.', values: { steps: 8, rate: 0.1, variance: 1 } },
    { title: 'Pull gently', watch: 'With k = 20 the states hardly move, and the changes become those of backpropagation.', values: { steps: 20, rate: 0.1, variance: 20 } },
    { title: 'Settle too fast', watch: 'Beyond 2/λmax settling blows up: predictive coding stops, its twin goes on.', values: { steps: 20, rate: 0.8, variance: 1 } },
  ], // prettier-ignore
  claims: [
    { says: 'Both classify digits equally well: 60,000 images, 25 epochs.', by: 'Casnici et al. 2025, Table 1', claimed: '98.12 % against 98.31 %: −0.19 points', measured: '94.92 % against 95.75 %: −0.83 points; 10,000 images, 6 epochs', command: 'npm run -s ngc -- train --variant pcn --dataset mnist --limit 10000 --epochs 6 --seed 1 --set steps=8 --out pc.safetensors && npm run -s ngc -- eval --model pc.safetensors --dataset mnist --measures accuracy; the twin with --set learn=backprop' },
    { says: 'Synapses change by what is beside them, not by a signal that comes through all layers.', by: 'Casnici et al. 2025, Eq. 38; the essay', claimed: '1 layer away', measured: null, command: null },
  ], // prettier-ignore
  limits: [
    'On larger data and in deeper networks backpropagation wins clearly (Casnici et al. 2025; the benchmark that the essay tells of): these are three hidden layers and digits.',
    'Settling longer is not better by itself: with k = 1 the states move away from the forward pass, and so do the changes.',
    'A synapse of the last layer needs no signal from farther away in backpropagation either: locality is a matter of the layers before it.',
  ],
  metric: {
    name: 'Held-out accuracy, predictive coding less backpropagation',
    unit: 'points',
    digits: 1,
  },
  pace: { perSecond: 20, step: 'update' },
  miniature: { images: 1000, epochs: 1 },
};
