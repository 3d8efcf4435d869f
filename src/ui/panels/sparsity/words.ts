/* The words about how few neurons are active. */

export const sparsity = {
  picture: 'How few neurons are active',
  shares: 'Share of active neurons, `ρ`',
  at: (step: number) => `at step ${step}`,
  sharesName: 'Share of active neurons of each layer',
  now: 'as it is',
  without: 'without competition',
  paper: 'the paper',
  compare: 'Settle without competition',
  comparing: 'Settling …',
  compareHint:
    'Settles the same picture once more with the lateral synapses cut, beside what is on show.',
  noLateral: 'This network has no lateral synapses: nothing to leave out.',
  onlyComplete: 'Switch to Complete to compare with the same picture without competition.',
  stale: 'The synapses have changed since: settle again.',
  none: 'Then the active neurons are counted here.',
  histogram: 'How active they are',
  layer: 'Layer',
  histogramName: (l: number) => `Histogram of the activity of layer ${l}`,
  histogramAxis: 'Neurons (logarithmic) by activity `φ(z)`',
  silent: 'silent',
  table: (data: string) => `The paper’s Table 3, ${data}`,
  source: 'Ororbia & Kifer 2022: mean share of neurons with `z` > 10⁻⁶ over the training images.',
  otherData: 'The paper did not measure these data; MNIST is shown.',
  training: 'Over training: see Curves',
  models: {
    'gncn-t1-sigma': 'GNCN-t1-Σ',
    'gncn-t2-lsigma': 'GNCN-t2-LΣ',
    'gncn-pdh': 'GNCN-PDH',
  },
} as const;
