import type { Exhibit } from '../exhibit.ts';

/** Chains that wander among all ways to go on; before them stands the one that settles. */
export const CHAINS = 12;

/** Squared errors of what is put into the hidden part, step by step: sums over its pixels. */
export interface WaysErrors {
  /** Of the one that settles. */
  readonly settled: Float32Array;
  /** Of the chains, on average. */
  readonly chain: Float32Array;
  /** Of the mean picture of all that they have been through. */
  readonly mean: Float32Array;
}

/** Half a picture, and how it may go on. Pixels are from 0 to 1, 28 × 28. */
export interface ManyWaysShown {
  /** Which images the network learns from, and where from. */
  readonly source: string;
  readonly isLearning: boolean;
  /** Updates made and wanted. */
  readonly updates: number;
  readonly wanted: number;
  /** The whole picture [784], and 1 where it is given, 0 where it is hidden [784]. */
  readonly truth: Float32Array;
  readonly given: Float32Array;
  /** What the one that settles, and then each chain, takes the picture to be, as bytes [(1 + CHAINS) · 784]. */
  readonly ways: Uint8Array;
  /** The mean of what the chains have been through [784], its variance [784], and of how many pictures. */
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly counted: number;
  /** Over the last steps; the first of them was made after so many since something was changed. */
  readonly errors: WaysErrors;
  readonly from: number;
}

export const manyWays: Exhibit<'many-ways'> = {
  id: 'many-ways',
  title: 'Many ways to go on',
  room: 'sampling',
  question: 'Half a digit is hidden. What might it be, not only what is likeliest?',
  sees: 'One network settles on the half digit and gives one answer. Twelve more do the same with noise, and never stop: each wanders among the digits that fit what is seen. Rub more out, or draw a digit.',
  controls: [
    { kind: 'range', key: 'temperature', title: 'Temperature τ', hint: 'How strong the noise of settling is: 0 settles, 1 samples the belief.', min: 0, max: 3, step: 0.1, usual: 1 },
    {
      kind: 'choice', key: 'hide', title: 'Hide', hint: 'What the network does not see; it sends no errors.', usual: 'lower',
      choices: [
        { value: 'lower', title: 'the lower half' },
        { value: 'left', title: 'the left half' },
        { value: 'most', title: 'three quarters' },
      ],
    },
    { kind: 'range', key: 'digit', title: 'Test digit', hint: 'Which digit is half hidden; the network has not learnt from it.', min: 1, max: 100, step: 1, usual: 5 },
    { kind: 'range', key: 'chain', title: 'On show', hint: 'What the large picture shows: 0 is the one that settles, the others are chains; or click one.', min: 0, max: CHAINS, step: 1, usual: 0, inDrawer: true },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far a step goes.', min: 0.01, max: 0.3, step: 0.01, usual: 0.05, inDrawer: true },
    { kind: 'range', key: 'updates', title: 'Updates', hint: 'How often the network learns, from 50 digits each time.', min: 10, max: 1000, step: 10, usual: 300, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'z_l ← z_l + ' },
    { text: 'γ·d_l', name: 'a step down the free energy: alone, it settles on one answer', lights: 'settled' },
    { text: ' + ' },
    { text: '√(2γτ)·ξ', name: 'noise, of a strength that makes the chains go through all that fits', lights: 'chains' },
    { text: ',   z ~ ' },
    { text: 'p(z | what is seen)', name: 'the belief: its mean, and how far it spreads, pixel by pixel', lights: 'spread' },
  ], // prettier-ignore
  source:
    'Oliviers et al. 2024, as the essay tells it; the slopes of Casnici et al. 2025, Eqs. 34–37',
  trials: [
    { title: 'Take the noise away', watch: 'The chains settle too: on the same answer, or on another that is nearly as good.', values: { temperature: 0, hide: 'lower' } },
    { title: 'Hide three quarters', watch: 'The less is seen, the more ways there are: the variance grows.', values: { temperature: 1, hide: 'most' } },
    { title: 'Make it hot', watch: 'With more noise than the belief has, the chains go where no digit is.', values: { temperature: 3, hide: 'lower' } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Settling with noise samples what a network believes; of half a digit, the mean of the samples is nearer to the truth than one of them.',
      by: 'Oliviers et al. 2024, as the essay tells it; an independent float64 implementation',
      claimed: 'error of a hidden half: settled 19.3, one sample 26.6, mean of 20 19.6',
      measured:
        'settled 21.8, one sample 24.7, mean of 20 22.2; a larger network, 5,000 digits, 10 epochs',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 5000 --epochs 10 --seed 1 --set system=langevin sizes=16,256,784 hidden=tanh output=bernoulli priorPrecision=1 temperature=1 rate=0.05 steps=20 --out sampling.safetensors && npx tsx tests/long/sampling.ts --model sampling.safetensors',
    },
  ],
  limits: [
    'The mean of many samples is no better than the one that settles; what is gained is to know how sure the network is.',
    'A chain stays near where it began for long: a few hundred steps are not enough to go from one digit to another of a different kind.',
    'A finite rate makes the chains wander too far. Beyond 2/λmax, about 0.16 here, they jump about; they cannot fly away, as tanh and the sigmoid of the pixels hold them.',
  ],
  metric: { name: 'Variance of the hidden pixels', unit: 'a pixel', digits: 4 },
  pace: { perSecond: 30, step: 'step' },
  miniature: { updates: 50 },
  draws: true,
};
