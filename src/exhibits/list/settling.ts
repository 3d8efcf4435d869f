import type { Exhibit } from '../exhibit.ts';

/** So many pictures are there to be taken. */
export const EXAMPLES = 6;

/** A classifier between two settling steps, layer by layer from the picture (0) to the label (L). */
export interface SettlingShown {
  /** What the value neurons of layers 0 … L do; the last are the ten classes. */
  readonly values: readonly Float32Array[];
  /** What the error neurons of layers 1 … L do, the first at 0. */
  readonly errors: readonly Float32Array[];
  /** F_1 … F_L in nats, at every step so far, a row a step. */
  readonly energies: Float32Array;
  /** Steps made: that of the last row. */
  readonly step: number;
  /** The class that the last layer is held at; null: it is free. */
  readonly label: number | null;
  /** What the picture shows, as the data say; null: nobody said. */
  readonly truth: number | null;
  /** What a plain forward pass answers. */
  readonly answer: number;
  /** The first pictures that it has not learnt from, which one can take [EXAMPLES · 784]. */
  readonly examples: Float32Array;
  /** The rate under which settling is stable: 2/λmax. */
  readonly bound: number;
  /** What it has learnt from. */
  readonly source: string;
}

const LABELS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const settling: Exhibit<'settling'> = {
  id: 'settling',
  title: 'Value and error neurons',
  room: 'settling',
  question: 'How does an error find its way through a network?',
  sees: 'A picture is held at one end and a label at the other. Between them, neurons move until their predictions fit: blame travels inwards, one layer a step.',
  draws: true,
  controls: [
    { kind: 'choice', key: 'label', title: 'Label', hint: 'What the last layer is held at; free, it says what it believes.', usual: 'true',
      choices: [{ value: 'true', title: 'the true one' }, { value: 'wrong', title: 'a wrong one' }, ...LABELS.map((value) => ({ value, title: value })), { value: 'free', title: 'free' }] },
    { kind: 'range', key: 'picture', title: 'Picture', hint: 'Which of the images it has not learnt from.', min: 1, max: 100, step: 1, usual: 1, restarts: true },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far values move in a step.', min: 0.01, max: 1, step: 1.1, scale: 'logarithmic', usual: 0.1 },
    { kind: 'choice', key: 'order', title: 'Order', hint: 'Whether all layers move at once, or from the label inwards, each by the newest values.', usual: 'parallel', inDrawer: true,
      choices: [{ value: 'parallel', title: 'all at once' }, { value: 'sweep', title: 'one after the other' }] },
  ], // prettier-ignore
  equation: [
    { text: 'Δz_l', name: 'how a value neuron moves', lights: 'values' },
    { text: ' = γ(' },
    { text: '−e_l', name: 'its own error: back to what is predicted of it', lights: 'errors' },
    { text: ' + ' },
    { text: '(e_{l+1} ⊙ f′)·W_{l+1}^⊤', name: 'the errors it causes in the next layer, through the same synapses', lights: 'sent' },
    { text: '),   ' },
    { text: 'e_l', name: 'error neurons: value minus prediction', lights: 'errors' },
    { text: ' = z_l − ' },
    { text: 'f(z_{l−1}·W_l + b_l)', name: 'the prediction by the layer before', lights: 'predicted' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 17–34, Fig. 3',
  trials: [
    { title: 'Watch an error arrive', watch: 'Step once at a time: the errors of a layer are exactly 0 until the label’s error has come that far, a layer a step.', values: { label: 'wrong', rate: 0.1, picture: 1, order: 'parallel' } },
    { title: 'Let the label go', watch: 'Nothing holds the last layer: its error drains away, and it says what the network believes.', values: { label: 'free', rate: 0.1, order: 'parallel' } },
    { title: 'Go too fast', watch: 'Beyond the bound 2/λmax every step overshoots: F rises instead of falling, and it stops before the numbers end.', values: { label: 'wrong', rate: 0.8, order: 'parallel' } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Value neurons need nothing but their own error and those of the layer they predict.',
      by: 'Casnici et al. 2025, Eq. 34 and Fig. 3',
      claimed: 'errors reach 1 layer further a step',
      measured: null,
      command: null,
    },
    {
      says: 'Settling makes the free energy smaller at every step while the rate is small.',
      by: 'Casnici et al. 2025, Eqs. 30–34',
      claimed: 'F never rises',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'With no label there is no error: a picture alone starts at what it predicts, and nothing moves.',
    'Beyond γ = 2/λmax nothing settles; λmax grows with the synapses, so a rate that held at first may fail later.',
    'All errors have precision 1 here: how sure a layer is belongs to another exhibit.',
  ],
  metric: { name: 'Free energy F', unit: 'nats', digits: 4 },
  pace: { perSecond: 6, step: 'settling step' },
  miniature: { label: 'wrong' },
};
