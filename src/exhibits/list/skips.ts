import type { Exhibit } from '../exhibit.ts';

/** The same network with and without skip connections. */
export const WAYS = ['plain', 'skip'] as const;
export type Way = (typeof WAYS)[number];

/** How one of both fares. */
export interface Course {
  /** Batches learnt from when it was tested, and the share of held-out images that it got right. */
  readonly at: readonly number[];
  readonly accuracies: readonly number[];
  /** F_1 … F_L after settling on held-out images, nats. */
  readonly energies: Float32Array;
}

export interface SkipsShown {
  readonly courses: Readonly<Record<Way, Course>>;
  /** L. */
  readonly layers: number;
  /** So many batches they will learn from. */
  readonly batches: number;
  /** What they learn from. */
  readonly source: string;
}

export const skips: Exhibit<'skips'> = {
  id: 'skips',
  title: 'Skip connections',
  room: 'settling',
  question: 'Do skip connections save a deep network?',
  sees: 'Two deep networks with the same first synapses learn from the same batches; in one of them every hidden layer also passes on what came in.',
  controls: [
    { kind: 'range', key: 'layers', title: 'Layers L', hint: 'Layers between picture and label, the label’s included.', min: 3, max: 16, step: 1, usual: 6, restarts: true },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far values move in a settling step.', min: 0.01, max: 0.3, step: 1.1, scale: 'logarithmic', usual: 0.1, restarts: true },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How large Adam’s changes of synapses are.', min: 0.0003, max: 0.01, step: 1.2, scale: 'logarithmic', usual: 0.001, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'μ_l = f(z_{l−1}·W_l + b_l)', name: 'what a layer predicts of the next', lights: 'plain' },
    { text: ' + ' },
    { text: 'z_{l−1}', name: 'the skip: what came in is passed on as it is, and errors come back by the same way', lights: 'skip' },
  ], // prettier-ignore
  source: 'the predictive-coding essay, after Pinchetti et al. 2025, appendix on skip connections',
  trials: [
    { title: 'Six layers', watch: 'Both learn; the network with skips is behind.', values: { layers: 6, rate: 0.1, learningRate: 0.001 } },
    { title: 'Ten layers', watch: 'The plain one suffers from its depth; skips bring errors further in, and yet it learns less.', values: { layers: 10, rate: 0.1, learningRate: 0.001 } },
    { title: 'Three layers', watch: 'With so few layers there is nothing to save.', values: { layers: 3, rate: 0.1, learningRate: 0.001 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'In a convolutional network (VGG-19, CIFAR-10) skips lifted predictive coding from 25.3 to 74.0 %.',
      by: 'the predictive-coding essay, after Pinchetti et al. 2025, Appendix E',
      claimed: '+48.6 % points',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'The claim is about convolutions on CIFAR-10; in these networks of plain layers on digits, skips gave nothing.',
    'A skip adds up what layers do: with fresh synapses values grow with depth, which hurts backpropagation here too.',
    'A few batches decide nothing about the end of a long training.',
  ],
  metric: { name: 'Skip minus plain', unit: '% points', digits: 1 },
  pace: { perSecond: 30, step: 'batch' },
  miniature: { layers: 4 },
};
