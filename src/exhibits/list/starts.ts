import type { Exhibit } from '../exhibit.ts';

/** From where value neurons can start. */
export const STARTS = ['forward', 'zero', 'random'] as const;
export type Start = (typeof STARTS)[number];

/** How a network came down from one start. */
export interface Descent {
  /** F in nats, a mean over the images, at every step from step 0. */
  readonly energies: Float32Array;
  /** What the hidden value neurons do for the first image, layer after layer. */
  readonly hidden: Float32Array;
}

/** One network that settles on the same images from three starts. */
export interface StartsShown {
  readonly descents: Readonly<Record<Start, Descent>>;
  /** Steps made. */
  readonly step: number;
  /** So many it will make. */
  readonly steps: number;
  /** The rate under which settling is stable: 2/λmax. */
  readonly bound: number;
  /** What it has learnt from. */
  readonly source: string;
}

export const starts: Exhibit<'starts'> = {
  id: 'starts',
  title: 'Three starts, one end',
  room: 'settling',
  question: 'Does it matter where a network begins to settle?',
  sees: 'The same trained network on the same 20 pictures and labels, three times: from its own forward pass, from zero and from noise. Below, what its hidden neurons do for the first picture.',
  controls: [
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far values move in a step; it begins anew.', min: 0.01, max: 1, step: 1.1, scale: 'logarithmic', usual: 0.1 },
    { kind: 'range', key: 'spread', title: 'Spread of the noise', hint: 'Standard deviation of the random start; it begins anew.', min: 0.05, max: 2, step: 1.1, scale: 'logarithmic', usual: 1 },
    { kind: 'range', key: 'momentum', title: 'Momentum m', hint: 'How much of the last movement goes on; it begins anew.', min: 0, max: 0.9, step: 0.05, usual: 0 },
  ], // prettier-ignore
  equation: [
    { text: 'z_l(0) = ' },
    { text: 'μ_l', name: 'forward: each layer starts at what the one before predicts', lights: 'forward' },
    { text: ',  ' },
    { text: '0', name: 'zero: nobody does anything', lights: 'zero' },
    { text: '  or  ' },
    { text: 'σξ', name: 'random: noise of the given spread', lights: 'random' },
    { text: ';   z_l ← z_l − γ ∂F/∂z_l' },
  ], // prettier-ignore
  source:
    'Casnici et al. 2025, Eq. 34; the predictive-coding essay, “State initialization experiments”',
  trials: [
    { title: 'Let them come down', watch: 'All three end at the same energy and the same activity, but zero and noise need many times as many steps.', values: { rate: 0.1, spread: 1, momentum: 0 } },
    { title: 'Give it momentum', watch: 'With momentum the far starts arrive several times sooner.', values: { rate: 0.1, spread: 1, momentum: 0.8 } },
    { title: 'Take ten steps only', watch: 'At this rate ten steps leave zero and noise far from their end: whoever learnt from that would learn from the start.', values: { rate: 0.03, spread: 1, momentum: 0 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Starting from the forward pass is best; other starts need far longer to get as far.',
      by: 'the predictive-coding essay, after Pinchetti et al. 2025',
      claimed: 'same end, forward first',
      measured:
        'trained so, T = 20: 92.0 % from the forward pass, 34.7 % from zero; 5,000 images, 3 epochs',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 5000 --epochs 3 --seed 1 --set steps=20 init=zero --out start.safetensors && npm run -s ngc -- eval --model start.safetensors --dataset mnist --measures accuracy',
    },
  ],
  limits: [
    'That all starts end alike is no theorem: F of a network with activations is not convex, and noise of a large spread can end elsewhere.',
    'A forward start has F in its last layer only; that it is low does not say that errors have reached the others.',
  ],
  metric: { name: 'Highest F over lowest', unit: '', digits: 2 },
  pace: { perSecond: 30, step: 'settling step' },
  miniature: {},
};
