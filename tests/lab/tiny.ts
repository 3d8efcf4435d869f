import { budgets } from '../../src/experiments/budgets.ts';
import type { Experiment } from '../../src/experiments/experiment.ts';
import { BCE, ERR, MMSE } from '../../src/experiments/quantities.ts';
import { MEAN_IMAGE, NEAREST, PIXELS } from '../../src/experiments/rows.ts';
import { LINEAR, NETWORK } from './support.ts';

/** An experiment that takes a second: two models, three references, a model that diverges, a set that cannot be had. */
export const TINY: Experiment = {
  id: 'tiny',
  title: 'A tiny experiment',
  question: 'Does the Lab run?',
  source: null,
  rows: [
    MEAN_IMAGE,
    NEAREST,
    PIXELS,
    { key: 'linear', title: 'linear', variant: 'linear' },
    { key: 'network', title: 'network', variant: 'gncn-pdh' },
    { key: 'wild', title: 'wild', variant: 'gncn-t1' },
  ],
  datasets: ['mnist', 'kmnist'],
  measures: ({ variant }) => (variant === null ? ['err', 'mmse'] : ['bce', 'logpx', 'bound', 'mmse', 'err', 'sparsity']), // prettier-ignore
  exhibits: ({ variant }) => (variant === null ? [] : ['examples', 'samples']),
  drawing: { kind: 'table', columns: [BCE, MMSE, ERR] },
  notes: ['It is small.'],
  plan(budget) {
    const usual = budgets({ seeds: { quick: 2 } })(budget);
    return {
      ...usual,
      only: null,
      extent: { test: 30, likelihood: 20, bound: 5, codes: 80, components: 3 },
      train({ key, variant }, dataset, _, seed) {
        if (variant === null) return null;
        if (key === 'linear') return { ...LINEAR, dataset, seed };
        if (key === 'network') return { ...NETWORK, dataset, seed };
        const settings = { sizes: [784, 8, 8], steps: 40, beta: 1, leak: 0, learningRate: 10, optimizer: 'sgd', batch: 20, activation: 'identity' }; // prettier-ignore
        return { ...LINEAR, variant, dataset, seed, stages: [{ images: 4_000, settings }] };
      },
    };
  },
};
