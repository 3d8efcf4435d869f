import type { Exhibit } from '../exhibit.ts';

/** What one way of compressing makes of the picture on show. */
export interface Compressed {
  /** The code of the picture, a number a neuron. */
  readonly code: Float32Array;
  /** The picture from its code [784]. */
  readonly rebuilt: Float32Array;
  /** Squared error a pixel of the picture on show. */
  readonly error: number;
  /** The same, the mean over test pictures, at every measurement so far. */
  readonly course: Float32Array;
  /** Neurons a layer, and how many synapses and biases that are. */
  readonly sizes: readonly number[];
  readonly parameters: number;
}

/** Two networks that compress pictures: one that is folded, and an encoder with a decoder. Pixels are from 0 to 1, 28 × 28. */
export interface FoldedShown {
  readonly source: string;
  readonly updates: number;
  readonly wanted: number;
  /** Updates at the measurements so far. */
  readonly measuredAt: Float32Array;
  readonly folded: Compressed;
  readonly unfolded: Compressed;
  /** The picture on show [784], and a few test pictures [count · 784]. */
  readonly picture: Float32Array;
  readonly pictures: Float32Array;
}

export const folded: Exhibit<'folded'> = {
  id: 'folded',
  title: 'Half the synapses',
  room: 'compression',
  question: 'Does compressing a picture need an encoder beside the decoder?',
  sees: 'Two networks learn the same digits. One has an encoder and a decoder, by backpropagation; the other is a decoder alone, which settles on the code of a picture by predictive coding.',
  controls: [
    {
      kind: 'choice', key: 'size', title: 'Neurons', hint: 'How large both networks are; the code is the narrowest layer.', usual: 'small', restarts: true,
      choices: [
        { value: 'small', title: 'code of 32, 128 hidden' },
        { value: 'tiny', title: 'code of 8, 64 hidden' },
        { value: 'tutorial', title: 'as in the tutorial, slow: code of 64, 384 hidden' },
      ],
    },
    { kind: 'range', key: 'steps', title: 'Steps the folded one settles', hint: 'How long it looks for the code of a picture, also while it learns.', min: 5, max: 60, step: 5, usual: 20, restarts: true },
    { kind: 'range', key: 'updates', title: 'Updates', hint: 'How often both learn, from 50 digits each time.', min: 50, max: 1000, step: 50, usual: 300, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'z_0', name: 'the code: found by settling, with the picture clamped at the other end', lights: 'code' },
    { text: ' ← z_0 + γ ' },
    { text: '(e_1 ⊙ f′)W_1^T', name: 'errors, sent back through the decoder’s own synapses', lights: 'folded' },
    { text: ',   picture = ' },
    { text: 'f(f(z_0 W_1)W_2)', name: 'the same synapses, forwards', lights: 'rebuilt' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Fig. 3 and Table 1',
  trials: [
    { title: 'Squeeze harder', watch: 'With a code of 8 numbers both lose the strokes that make a digit its own.', values: { size: 'tiny', steps: 20 } },
    { title: 'Settle too short', watch: 'After 5 steps the folded network has not found its code: its error stays above.', values: { size: 'small', steps: 5 } },
    { title: 'As in the tutorial', watch: '326,800 numbers against 652,880, and the time that settling takes.', values: { size: 'tutorial', steps: 35 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Compression by predictive coding needs half the parameters of an autoencoder.',
      by: 'Casnici et al. 2025, Table 1',
      claimed: '326k against 652k',
      measured: '326,800 against 652,880',
      command: 'npx vitest run tests/demonstrations/folded.test.ts',
    },
    {
      says: 'Its error on test pictures is about that of the autoencoder.',
      by: 'Casnici et al. 2025, Table 1, MNIST',
      claimed: '0.0110 against 0.0094 a pixel, squared',
      measured: '0.0063 of the folded one; 5,000 images, 3 epochs',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 5000 --epochs 3 --set system=compress hidden=tanh end=relu rate=0.2 momentum=0.25 init=zero steps=35 --out fold.safetensors && npm run -s ngc -- eval --model fold.safetensors --dataset mnist --limit 2000 --measures mse',
    },
  ],
  limits: [
    'Half the synapses, but many times the operations: every picture is settled on, when it is learnt and when it is looked at.',
    'The code comes from settling, so that reading a picture takes as many steps as it takes to settle.',
  ],
  metric: { name: 'Test error of the folded network', unit: 'a pixel, squared', digits: 4 },
  pace: { perSecond: 20, step: 'batch' },
  miniature: { size: 'tiny', updates: 100 },
  draws: true,
};
