import type { Exhibit } from '../exhibit.ts';

/** A way of counting one update of a network's synapses from one image, in operations (two per multiply-add). */
export interface CostRow {
  readonly id: 'backprop' | 'needed' | 'counted' | 'profiled';
  /** For predictions, for errors sent back, and for changes of synapses. */
  readonly predict: number;
  readonly feedback: number;
  readonly change: number;
}

export interface CostShown {
  /** Neurons per layer of the network that settles, in the direction of prediction, and of its twin. */
  readonly sizes: readonly number[];
  readonly twin: readonly number[];
  readonly steps: number;
  readonly rows: readonly CostRow[];
  /** Numbers that have to be kept while an image is learnt from, states and errors together. */
  readonly kept: { readonly coding: number; readonly backprop: number };
  /** Stages that wait for each other. */
  readonly stages: { readonly coding: number; readonly backprop: number };
  readonly parameters: { readonly coding: number; readonly backprop: number };
}

export const cost: Exhibit<'cost'> = {
  id: 'cost',
  title: 'What it costs',
  room: 'backprop',
  question: 'What does learning without backpropagation cost?',
  sees: 'The bill for one update from one image: operations, numbers kept, and stages that must wait for each other. Change the network, and read it again.',
  controls: [
    { kind: 'range', key: 'steps', title: 'Settling steps T', hint: 'How long the states settle before the synapses learn.', min: 1, max: 60, step: 1, usual: 8 },
    { kind: 'range', key: 'width', title: 'Hidden neurons', hint: 'Neurons in each hidden layer.', min: 8, max: 1024, step: 8, usual: 128 },
    { kind: 'range', key: 'hidden', title: 'Hidden layers', hint: 'Layers between the two ends.', min: 1, max: 12, step: 1, usual: 3 },
    { kind: 'choice', key: 'task', title: 'What it does', hint: 'A classifier has both ends held; a compressor finds its code, and needs no encoder.', choices: [{ value: 'classify', title: 'Classify, 784 to 10' }, { value: 'compress', title: 'Compress, 64 to 784' }], usual: 'classify', inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'BP: 6N − 2n_0n_1', name: 'backpropagation: forward, back, and changes: N is the number of synapses', lights: 'backprop' },
    { text: ' · ' },
    { text: 'PC: 2(N − n_{L−1}n_L) + 4T(N − n_0n_1) + 2(N − n_0n_1) + 2N', name: 'predictive coding: start, T steps of predictions and errors, last errors, changes: both ends held', lights: 'needed' },
    { text: ' · ' },
    { text: 'Table 1: T(6N − 2n_0n_1) + 2N', name: 'as a profiler counts: with changes of synapses at every step, of which only the last are used', lights: 'counted' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Table 1; counted as the released code runs',
  trials: [
    { title: 'The classifier of Table 1', watch: 'Backpropagation 0.61 million, predictive coding 1.69 million that are needed, 5.11 as a profiler counts.', values: { task: 'classify', steps: 8, width: 128, hidden: 3 } },
    { title: 'The compressor of Table 1', watch: 'Half the synapses, but 47 million operations; 138 million where the profiler also counts an encoder that nobody needs.', values: { task: 'compress', steps: 35, width: 384, hidden: 1 } },
    { title: 'Deep, and settled for a step a layer', watch: 'Predictive coding has as many stages as backpropagation only where it settles no longer than the network is deep.', values: { task: 'classify', steps: 13, width: 64, hidden: 12 } },
  ], // prettier-ignore
  claims: [
    { says: 'A classifier’s update takes seven times the operations.', by: 'Casnici et al. 2025, Table 1', claimed: '5.2 against 0.74 million', measured: null, command: null },
    { says: 'A compressor’s update takes more than thirty times the operations, with half the synapses.', by: 'Casnici et al. 2025, Table 1; its summary', claimed: '138 against 4 million; 326 k against 652 k', measured: null, command: null },
  ], // prettier-ignore
  limits: [
    '“30 times the operations” is the compressor as profiled; the classifier needs about 3 times, and what a profiler counts of it is 8 times.',
    'The paper says it settled the classifier for 10 steps; its 5.2 million fit 8.',
    'All layers settle at once only where there is hardware for it: in a browser the stages of a step run one after another.',
  ],
  metric: { name: 'Operations, predictive coding ÷ backpropagation', unit: '×', digits: 2 },
  pace: 'by hand',
  miniature: {},
};
