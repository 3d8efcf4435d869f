import type { Budget } from '../../experiments/experiment.ts';
import type { Layer, PlaceState } from '../../experiments/layers.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';

/* The words of the Lab. */

export const lab = {
  list: 'Experiments',
  intro:
    'The paper says: a network that learns by local rules models images as well as networks trained by backpropagation. Here every number of it is a button.',
  paper: 'from the paper',
  ours: 'our own questions',
  oursSource: 'A question of our own',
  sideBySide: 'Side by side',
  sideBySideQuestion: 'One digit, half hidden: what does each model make of it?',
  datasets: DATASET_TITLES,
  notes: 'To be read with it',
} as const;

export const layers: Readonly<Record<Layer, { readonly mark: string; readonly name: string }>> = {
  paper: { mark: '¶', name: 'the paper' },
  shipped: { mark: '●', name: 'ours, shipped with this page' },
  own: { mark: '◆', name: 'your run' },
};

export const legend = {
  label: 'What the marks mean',
  spread: '± spread over seeds',
  bold: 'bold: the best two of a column',
  open: 'Click a cell to open it.',
} as const;

export const table = {
  model: 'model',
  none: '·',
  notRun: 'not run here',
  states: {
    paper: 'only the paper’s number',
    shipped: 'shipped',
    running: 'running',
    done: 'run here',
    failed: 'failed here',
    'not-run': 'not run here',
  } satisfies Readonly<Record<PlaceState, string>>,
  failed: 'failed',
  /** A cell for those who do not see the table. */
  cell: (model: string, dataset: string, state: string) => `${model} on ${dataset}: ${state}`,
  seeds: (n: number) => (n === 1 ? 'one seed' : `${n} seeds`),
} as const;

export const budgets: Readonly<Record<Budget, string>> = {
  quick: 'Quick',
  standard: 'Standard',
  paper: 'Paper',
};
