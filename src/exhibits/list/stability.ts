import type { Exhibit } from '../exhibit.ts';

/** One small training of the grid. */
export interface StabilityCell {
  /** The share of its batches that it has learnt from. */
  readonly done: number;
  /** The share of held-out images that it gets right; null: not known yet. */
  readonly accuracy: number | null;
  /** Settling blew up, so it was stopped. */
  readonly hasBlownUp: boolean;
}

/** A grid of small trainings: a row a width, a column a settling rate. */
export interface StabilityShown {
  readonly widths: readonly number[];
  readonly rates: readonly number[];
  /** Row by row. */
  readonly cells: readonly StabilityCell[];
  /** 2/λmax of each width, of its network that learnt last and held; null: none has yet. */
  readonly bounds: readonly (number | null)[];
  /** What they learn from. */
  readonly source: string;
}

export const stability: Exhibit<'stability'> = {
  id: 'stability',
  title: 'Where training blows up',
  room: 'settling',
  question: 'How fast may a network settle, and does its width matter?',
  sees: 'Twenty-five small networks learn to read digits, one after the other: wider ones lower down, faster settling to the right. Red ones blew up.',
  controls: [
    { kind: 'choice', key: 'optimizer', title: 'Optimizer', hint: 'How synapses take their changes.', usual: 'adam', restarts: true,
      choices: [{ value: 'adam', title: 'Adam' }, { value: 'sgd', title: 'plain ascent' }] },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How large the changes of synapses are.', min: 0.0003, max: 0.3, step: 1.2, scale: 'logarithmic', usual: 0.003, restarts: true },
    { kind: 'range', key: 'batches', title: 'Batches each', hint: 'How long each network learns; a batch is 100 pictures.', min: 5, max: 60, step: 5, usual: 20, restarts: true },
    { kind: 'choice', key: 'widest', title: 'Widest layers', hint: 'Neurons a layer of the last row; every row has twice as many as the one above.', usual: '256', restarts: true, inDrawer: true,
      choices: ['64', '128', '256', '512'].map((value) => ({ value, title: value })) },
    { kind: 'range', key: 'steps', title: 'Settling steps T', hint: 'How long each batch settles before anything is learnt.', min: 2, max: 32, step: 1, usual: 8, restarts: true, inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'γ', name: 'the settling rate: how far values move in a step', lights: 'rates' },
    { text: ' < ' },
    { text: '2/λ_{max}', name: 'the bound: two over the largest curvature of F, measured on each width’s network', lights: 'bound' },
    { text: ',   λ_{max} of ∂²F/∂z²,  which ' },
    { text: 'W_l', name: 'larger synapses raise λmax, so learning moves the bound', lights: 'cells' },
    { text: ' sets' },
  ], // prettier-ignore
  source:
    'the predictive-coding essay, “Training stability experiments”; the bound is that of gradient descent on F (Casnici et al. 2025, Eq. 34)',
  trials: [
    { title: 'Adam', watch: 'Left of the bound all widths learn; in the last column none does.', values: { optimizer: 'adam', learningRate: 0.003, batches: 20 } },
    { title: 'Plain ascent', watch: 'Synapses grow slowly, so the bound hardly moves; but little is learnt in so few batches.', values: { optimizer: 'sgd', learningRate: 0.05, batches: 20 } },
    { title: 'Learn too fast', watch: 'Large changes make large synapses: λmax rises, the bound moves left, and rates that held blow up.', values: { optimizer: 'adam', learningRate: 0.03, batches: 20 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Wide layers under an optimizer like AdamW make state updates extremely unstable.',
      by: 'the predictive-coding essay, after Pinchetti et al. 2025',
      claimed: 'wide and fast: unstable',
      measured:
        'γ = 0.01, 0.1, 0.3 and 1: width 32 gives 77, 82, 80 %, width 512 92, 91, 88 %; at 1 both blow up; 3,000 images, 2 epochs',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 3000 --epochs 2 --seed 1 --set sizes=784,512,512,512,10 learningRate=0.003 steps=8 rate=0.3 --out wide.safetensors && npm run -s ngc -- eval --model wide.safetensors --dataset mnist --measures accuracy',
    },
  ],
  limits: [
    'So few batches show where it breaks, not how good it gets.',
    'The bound is measured after training; on its way a network can have been beyond it.',
    'These layers are narrower than those of the study, and the optimizer is Adam without its weight decay.',
  ],
  metric: { name: 'Best held-out accuracy', unit: '%', digits: 1 },
  pace: { perSecond: 60, step: 'batch' },
  miniature: { batches: 5, steps: 4, widest: '64' },
};
