import type { Exhibit } from '../exhibit.ts';

/** What a network of time can learn: how the state moves (A), or how it is measured (C). */
export const LEARNABLE = ['A', 'C'] as const;
export type Learnable = (typeof LEARNABLE)[number];

/** A network that follows a turning dot, and learns the law by which it turns. */
export interface LearntMotionShown {
  /** The last measurements, in the plane: x and y, one after the other. */
  readonly measured: Float32Array;
  /** Where the dot would be seen from (1, 0) on if nothing pushed it: by the true law, and by what is learnt. x and y, one after the other. */
  readonly truth: Float32Array;
  readonly believed: Float32Array;
  /** Measurements at which the error was taken, and the root mean square of what was measured less what was expected since the last. */
  readonly at: Float32Array;
  readonly errors: Float32Array;
  /** The same of a network that knows the true law, over the whole course. */
  readonly least: number;
  /** A [2, 2] and C [2, 2] as they are now, row by row. */
  readonly A: Float32Array;
  readonly C: Float32Array;
  /** So many measurements it will learn from. */
  readonly wanted: number;
}

export const learntMotion: Exhibit<'learnt-motion'> = {
  id: 'learnt-motion',
  title: 'Learning how it moves',
  room: 'time',
  question: 'Can a filter learn the law that it follows?',
  sees: 'A dot turns about the middle, pushed at random and measured badly. At first the network expects it to fall into the middle; while it follows the dot, its synapses learn how it turns.',
  controls: [
    { kind: 'choice', key: 'learns', title: 'Learns', hint: 'Which synapses change; the others are right from the beginning.', usual: 'A', restarts: true,
      choices: [{ value: 'A', title: 'how it moves: A' }, { value: 'C', title: 'how it is measured: C' }] },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How far synapses change at every measurement.', min: 0.00001, max: 0.3, step: 1.2, scale: 'logarithmic', usual: 0.0003 },
    { kind: 'range', key: 'steps', title: 'Settling steps a measurement', hint: 'How long states settle before synapses learn.', min: 1, max: 40, step: 1, usual: 20 },
    { kind: 'range', key: 'angle', title: 'Turn a measurement', hint: 'By which angle the dot truly turns between two measurements.', min: 0.05, max: 0.6, step: 0.05, usual: 0.25, unit: 'rad', inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'ΔA', name: 'synapses of the prediction in time: in the picture, the turn that is believed', lights: 'believed' },
    { text: ' = ' },
    { text: 'Σ_x^{−1}(m − A m_{t−1})', name: 'the error of the prediction, at one end of the synapse', lights: 'error' },
    { text: ' · m_{t−1}ᵀ,   ' },
    { text: 'ΔC', name: 'synapses that predict what is measured', lights: 'believed' },
    { text: ' = ' },
    { text: 'R^{−1}(y − C m)', name: 'the error of the measurement', lights: 'measured' },
    { text: ' · mᵀ' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 50–63; Millidge et al. 2024',
  trials: [
    { title: 'Learn how it turns', watch: 'The blue spiral opens from a fall into the middle to the true turn, and the error comes down to that of a filter that knows the law.', values: { learns: 'A', learningRate: 0.0003, steps: 20 } },
    { title: 'Learn how it is measured', watch: 'The network expects measurements of half their size; learning C makes them whole, and then too large: see what does not hold.', values: { learns: 'C', learningRate: 0.0003, steps: 20 } },
    { title: 'Do not settle', watch: 'After a single step the states are not yet what they are to learn from: the law that is learnt is another one.', values: { learns: 'A', learningRate: 0.0003, steps: 1 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'The same local errors that move the estimate teach the network the system’s own matrices.',
      by: 'Casnici et al. 2025, Eqs. 50–63; Millidge et al. 2024',
      claimed: 'A and C can be learnt, no number',
      measured:
        '1,500 measurements, four times: error within 1 % of who knows the law, A = 0.98 at 0.25 rad',
      command: 'npx vitest run tests/predictive/kalman.test.ts -t "A finds the turning"',
    },
  ],
  limits: [
    'C does not stay where it is right: estimates without a width are a little too small, so that C grows on, while the error hardly changes.',
    'A and C cannot be told apart when both are learnt: a turned state measured by a turned C looks the same.',
    'The covariance that weighs the errors is the right one here; who does not know it learns more slowly, or another law.',
    'A rate that is too large makes a law by which the dot flies away.',
  ],
  metric: { name: 'Error of what is expected next', unit: '', digits: 3 },
  pace: { perSecond: 12, step: 'stride' },
  miniature: { learningRate: 0.001, steps: 10 },
};
