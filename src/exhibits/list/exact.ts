import type { Exhibit } from '../exhibit.ts';

/** What every layer would learn if it were read at each step, held beside backpropagation. */
export interface ExactShown {
  readonly layers: number;
  /** Steps from 0, as many as there are columns. */
  readonly steps: number;
  /** Steps made. */
  readonly step: number;
  /**
   * How far ΔW_l, b_l with it, is from backpropagation's at step t, as a share of its length: at (l − 1)·steps + t. NaN where the step
   * has not been made yet.
   */
  readonly distances: Float32Array;
  /** At which step each W_l is read, from the first. */
  readonly readAt: readonly number[];
  /** What float32 rounds a number by, as a share of it. */
  readonly rounding: number;
}

export const exact: Exhibit<'exact'> = {
  id: 'exact',
  title: 'Exactly backpropagation',
  room: 'backprop',
  question: 'Can local learning be backpropagation, to the last digit?',
  sees: 'The error comes in from the label, a layer a step. Read each layer’s change at the moment when it arrives, and it is backpropagation’s own; read it early or late, and it is not.',
  controls: [
    { kind: 'choice', key: 'rule', title: 'Way of settling', hint: 'Whether the predictions move along with the states or stay as they were.', choices: [{ value: 'moving', title: 'Predictions move (Z-IL)' }, { value: 'fixed', title: 'Predictions fixed' }], usual: 'moving', restarts: true },
    { kind: 'range', key: 'rate', title: 'Settling rate γ', hint: 'How far the states move in a step: it must be 1.', min: 0.05, max: 1, step: 0.05, usual: 1, restarts: true },
    { kind: 'range', key: 'late', title: 'Read so many steps late', hint: 'How long after its error has arrived a layer is read.', min: 0, max: 4, step: 1, usual: 0 },
    { kind: 'range', key: 'hidden', title: 'Hidden layers', hint: 'How many hidden layers the network has.', min: 1, max: 11, step: 1, usual: 5, inDrawer: true, restarts: true },
    { kind: 'range', key: 'width', title: 'Hidden neurons', hint: 'Neurons in each hidden layer.', min: 4, max: 128, step: 4, usual: 32, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'z_l ← z_l + γ d_l', name: 'all states at once, with γ = 1', lights: 'rate' },
    { text: ' · ' },
    { text: 'ΔW_l', name: 'the change of each layer’s synapses', lights: 'distances' },
    { text: ' read before step ' },
    { text: 't = L − l', name: 'just when the error arrives', lights: 'readAt' },
  ], // prettier-ignore
  source: 'Song et al. 2020; Millidge, Tschantz & Buckley 2022 (Casnici et al. 2025, [6, 7])',
  trials: [
    { title: 'Read as the error arrives', watch: 'Along the diagonal nothing is left but rounding.', values: { rule: 'moving', rate: 1, late: 0 } },
    { title: 'Read a step late', watch: 'One step later the states have moved, and every hidden layer learns something else.', values: { rule: 'moving', rate: 1, late: 1 } },
    { title: 'Fix the predictions', watch: 'Where the predictions stay as the forward pass made them, a layer may be read any time after its error came.', values: { rule: 'fixed', rate: 1, late: 3 } },
  ], // prettier-ignore
  claims: [
    { says: 'Updating only at certain steps gives the very changes of backpropagation.', by: 'Song et al. 2020', claimed: 'no difference', measured: null, command: null },
    { says: 'With predictions held as they were, so do the errors at equilibrium.', by: 'Millidge, Tschantz & Buckley 2022', claimed: 'no difference', measured: null, command: null },
  ], // prettier-ignore
  limits: [
    'Somebody has to say to each layer when to read, and that depends on its depth: it is a clock that the plain network does not need.',
    'It is exact with γ = 1 only, and from a forward start.',
    'Where the predictions are fixed, the errors obey them although the states have moved away: it is backpropagation in steps, and no inference.',
  ],
  metric: { name: 'Largest difference to backpropagation', unit: 'rounding units', digits: 1 },
  pace: { perSecond: 2, step: 'settling step' },
  miniature: { hidden: 4, width: 16 },
};
