import type { Exhibit } from '../exhibit.ts';

/** How near changes of synapses, k times those of predictive coding, are to those of backpropagation. */
export interface Nearness {
  /** 1: they point the same way. */
  readonly cosine: number;
  /** Of their lengths, 1: equally long. */
  readonly ratio: number;
  /** Of the difference to the length of backpropagation's, 0: equal. */
  readonly distance: number;
  /** The ratio of lengths of each W_l, from the first. */
  readonly layers: readonly number[];
}

/** The network settled with one output variance. */
export interface LimitRun {
  readonly k: number;
  readonly step: number;
  /** After few steps; null where it has not come so far. */
  readonly few: Nearness | null;
  /** Now: at equilibrium when it has ended. */
  readonly now: Nearness;
  readonly hasBlownUp: boolean;
}

export interface LimitShown {
  readonly sizes: readonly number[];
  /** Output variances from the least, as far as they were settled. */
  readonly runs: readonly LimitRun[];
  /** Which of them is nearest to the k that is chosen; -1: it has not begun. */
  readonly current: number;
  /** Steps after which it is few, and those after which it is taken for settled. */
  readonly few: number;
  readonly many: number;
}

export const limit: Exhibit<'limit'> = {
  id: 'limit',
  title: 'Where it becomes backpropagation',
  room: 'backprop',
  question: 'When does predictive coding become backpropagation?',
  sees: 'The same network settles on the same digits under ever gentler labels. The farther k is turned up, the nearer its changes of synapses come to those of backpropagation, if it is given the time.',
  controls: [
    { kind: 'range', key: 'variance', title: 'Output variance k', hint: 'How gently the label pulls; drag the line in the picture. A stride is ten settling steps under one k.', min: 1, max: 1000, step: 1.7782794, scale: 'logarithmic', usual: 10 },
    { kind: 'range', key: 'width', title: 'Hidden neurons', hint: 'Neurons in each hidden layer of your network.', min: 4, max: 256, step: 4, usual: 32, restarts: true },
    { kind: 'range', key: 'hidden', title: 'Hidden layers', hint: 'How many hidden layers your network has.', min: 1, max: 6, step: 1, usual: 3, restarts: true },
    { kind: 'range', key: 'few', title: 'Few steps', hint: 'After how many steps it is looked at before it has settled.', min: 2, max: 100, step: 1, usual: 20, inDrawer: true, restarts: true },
    { kind: 'range', key: 'many', title: 'Steps to equilibrium', hint: 'After how many steps it is taken for settled.', min: 100, max: 2000, step: 50, usual: 500, inDrawer: true, restarts: true },
    { kind: 'range', key: 'rate', title: 'Settling rate γ', hint: 'How far the states move in a step.', min: 0.02, max: 0.6, step: 0.02, usual: 0.2, inDrawer: true, restarts: true },
    { kind: 'choice', key: 'form', title: 'Activation', hint: 'What the hidden layers do; where it has a corner, the curves have bumps.', choices: [{ value: 'tanh', title: 'tanh' }, { value: 'leaky_relu', title: 'Leaky ReLU' }], usual: 'tanh', inDrawer: true, restarts: true },
    { kind: 'range', key: 'trained', title: 'Batches learnt before', hint: 'How many batches of 100 the network has learnt from, by backpropagation, before it is looked at.', min: 0, max: 100, step: 5, usual: 20, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'e_L = (z_L − μ_L) / k', name: 'the error at the output, divided by its variance', lights: 'variance' },
    { text: ' · ' },
    { text: 'e_l = (e_{l+1} ⊙ f′_{l+1}) W_{l+1}ᵀ', name: 'at equilibrium errors obey the recursion of backpropagation', lights: 'settled' },
    { text: ' · ' },
    { text: '‖kΔW^{PC} − ΔW^{BP}‖ ∝ 1/k', name: 'so that what is left of the difference shrinks with k', lights: 'distance' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 48–49; Whittington & Bogacz 2017',
  trials: [
    { title: 'Pull hard', watch: 'With k = 1 the states move far: the changes are much shorter than those of backpropagation, and turned away.', values: { variance: 1 } },
    { title: 'Pull gently', watch: 'With k = 1000 at equilibrium, both are the same to within a fraction of a percent.', values: { variance: 1000 } },
    { title: 'Do not wait', watch: 'After few steps k does not help: the first layers have hardly heard of the error, their changes are too short, and the curve stays flat.', values: { variance: 1000, few: 10, hidden: 5 } },
  ], // prettier-ignore
  claims: [
    { says: 'With a large variance at the output, the changes of predictive coding point where those of backpropagation do.', by: 'Casnici et al. 2025, Eqs. 48–49', claimed: 'cosine → 1', measured: null, command: null },
    { says: 'Its errors obey the recursion of backpropagation once it has settled.', by: 'Whittington & Bogacz 2017', claimed: 'distance ∝ 1/k', measured: null, command: null },
  ], // prettier-ignore
  limits: [
    'The 1/k law holds at equilibrium only: after a few steps the cosine stalls, whatever k is.',
    'What comes near is the direction; the change itself is k times smaller, and has to be multiplied by k.',
    'A network that is pulled so gently hardly moves its states: little is left there of inferring causes, as Zahid, Guo and Fountas object.',
  ],
  metric: { name: 'Cosine to backpropagation', unit: '', digits: 4 },
  pace: { perSecond: 30, step: 'stride' },
  miniature: { width: 16, hidden: 2, many: 200, trained: 0 },
};
