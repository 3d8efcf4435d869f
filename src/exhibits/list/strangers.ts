import type { Exhibit } from '../exhibit.ts';

/** A score that is to be higher for strangers, and how well it tells them apart. */
export interface StrangerScore {
  readonly known: Float32Array;
  readonly strange: Float32Array;
  /** The probability that a stranger scores higher than a digit; NaN before any was measured. */
  readonly auroc: number;
  /** The receiver operating characteristic: shares of digits and of strangers above a threshold. */
  readonly falseAlarms: Float32Array;
  readonly found: Float32Array;
}

/** A network that knows digits, how much digits and strangers surprise it, and one picture. Pixels are from 0 to 1, 28 × 28. */
export interface StrangersShown {
  readonly source: string;
  readonly strangersTitle: string;
  readonly updates: number;
  readonly wanted: number;
  /** By free energy after settling, nats. */
  readonly surprise: StrangerScore;
  /** By how unsure the answer is, −max softmax: of classifiers only. */
  readonly unsure: StrangerScore | null;
  /** A few pictures of either kind [count · 784]. */
  readonly knownPictures: Float32Array;
  readonly strangePictures: Float32Array;
  /** The picture on show [784], what the network makes of it [784] (null: a classifier makes no pictures) or the class it says. */
  readonly picture: Float32Array;
  readonly expected: Float32Array | null;
  readonly answer: number | null;
  /** Its free energy after settling, nats; null before it was measured. */
  readonly energy: number | null;
}

export const strangers: Exhibit<'strangers'> = {
  id: 'strangers',
  title: 'Surprise finds strangers',
  room: 'memory',
  question: 'Does a network notice that it has never seen such a thing?',
  sees: 'The network learns digits, and nothing but digits. Its free energy is its surprise: draw a digit, then draw what is none, and watch where the needle goes.',
  controls: [
    {
      kind: 'choice', key: 'strangers', title: 'Strangers', hint: 'What the network is shown beside digits that it has not learnt from.', usual: 'turned',
      choices: [
        { value: 'turned', title: 'digits turned by a quarter' },
        { value: 'fashion', title: 'clothes (Fashion-MNIST)' },
        { value: 'inverted', title: 'digits with black and white exchanged' },
        { value: 'shuffled', title: 'digits with their pixels shuffled' },
        { value: 'noise', title: 'noise' },
      ],
    },
    {
      kind: 'choice', key: 'network', title: 'Network', hint: 'A decoder settles on the picture; a classifier clamps its own answer and settles on both.', usual: 'decoder', restarts: true,
      choices: [
        { value: 'decoder', title: 'a decoder' },
        { value: 'classifier', title: 'a classifier' },
        { value: 'softmax', title: 'a classifier with a softmax end' },
      ],
    },
    { kind: 'range', key: 'updates', title: 'Updates', hint: 'How often the network learns, from 50 digits each time.', min: 20, max: 400, step: 20, usual: 120, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'F', name: 'free energy: how much is left unexplained when the network has settled', lights: 'needle' },
    { text: ' = Σ_l ' },
    { text: '½ ‖z_l − μ_l‖²', name: 'the squared errors of every layer', lights: 'expected' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 17–24; Pinchetti et al. 2025, as the essay tells it',
  trials: [
    { title: 'Turn the digits', watch: 'A turned digit is made of the same strokes: the two heaps overlap.', values: { strangers: 'turned', network: 'decoder' } },
    { title: 'Shuffle the pixels', watch: 'As much ink, and nothing that holds together: no shuffled digit is taken for a digit.', values: { strangers: 'shuffled', network: 'decoder' } },
    { title: 'Ask a softmax', watch: 'Both curves come to nearly the same: its free energy is the softmax score in other words.', values: { strangers: 'turned', network: 'softmax' } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Without any training for it, the free energy of a network tells strangers from what it knows, much better than the softmax score does.',
      by: 'the essay, on Pinchetti et al. 2025',
      claimed: 'MNIST against Fashion-MNIST, no number',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'With a softmax end the free energy before settling is the softmax score itself, −log max softmax, and settling changes next to nothing.',
    'How well it works is a matter of the end: a decoder that ends in a sigmoid does not notice inverted digits.',
    'A picture with little ink is little surprise: an empty sheet is no stranger to a decoder.',
  ],
  metric: { name: 'AUROC of the free energy', unit: '', digits: 3 },
  pace: { perSecond: 20, step: 'batch' },
  miniature: { updates: 60 },
  draws: true,
};
