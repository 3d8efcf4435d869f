import { claimantOf } from '../../experiments/claimants.ts';
import type { Budget, Cell, Experiment } from '../../experiments/experiment.ts';
import type { Layer, PlaceState } from '../../experiments/layers.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';
import { grouped } from '../../shared/grouped.ts';

/* The words of the Lab. */

export const lab = {
  list: 'Experiments',
  intro:
    'The paper says: a network that learns by local rules models images as well as networks trained by backpropagation. Here every number of it is a button.',
  paper: 'from the paper',
  predictive: 'predictive coding',
  live: (title: string) => `See it live in the hall: ${title}`,
  ours: 'our own questions',
  oursSource: 'A question of our own',
  sideBySide: 'Side by side',
  sideBySideQuestion: 'One digit, half hidden: what does each model make of it?',
  datasets: DATASET_TITLES,
  notes: 'To be read with it',
} as const;

export const marks: Readonly<Record<Layer, string>> = { paper: '¶', shipped: '●', own: '◆' };

/** Whose the numbers of a layer are. */
export const whose = (experiment: Experiment, layer: Layer): string =>
  layer === 'paper' ? claimantOf(experiment).name : WHOSE[layer];

const WHOSE = { shipped: 'ours, shipped with this page', own: 'your run' } as const;

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
    paper: 'only the claimed number',
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

export const figure = {
  none: 'Not run here yet.\nPress “Run all”: the figure fills in as its cells finish.',
  numbers: 'Cells and numbers of this figure',
} as const;

export const budgets: Readonly<Record<Budget, string>> = {
  quick: 'Quick',
  standard: 'Standard',
  paper: 'Paper',
};

export const controls = {
  runAll: 'Run all',
  stop: 'Stop',
  budget: 'Budget',
  csv: 'Export CSV',
  json: 'Export JSON',
  svg: 'Export SVG',
  copyCommand: 'Copy command',
  command: 'The command that repeats this experiment',
  remove: 'Delete my results',
  allDone: 'Every cell has been run here under this budget',
  runRow: (model: string) => `Run row ${model}`,
} as const;

export const budgetMeaning = {
  cells: (cells: number, seeds: number) =>
    `${cells === 1 ? 'One cell' : `${cells} cells`}, ${seeds === 1 ? 'one seed' : `${seeds} seeds`};`,
  images: (images: number, subset: number | null) =>
    `up to ${grouped(images)} images learnt from${subset === null ? '' : `, out of ${grouped(subset)}`};`,
  clock: (time: string) => `each learns for ${time};`,
  measured: (images: number) =>
    images > 0
      ? `measured on up to ${grouped(images)} test images.`
      : 'measured on what it learnt.',
  done: (n: number) => `${n} run here.`,
  left: (n: number) => `${n} to run`,
  about: (time: string) => `about ${time}, by what earlier results took`,
  unknown: 'how long that takes is not known yet',
} as const;

export const progress = {
  label: 'Experiment progress',
  starting: 'Starting …',
  stopping: 'stopping; what is done is kept',
  cells: (done: number, of: number) => `${done} of ${of} cells`,
  place: ({ dataset, seed, point }: Cell) =>
    `${DATASET_TITLES[dataset]}${point === null ? '' : `, ${grouped(point)}`}, seed ${seed}`,
  timeLeft: (time: string) => `about ${time} left`,
} as const;

export const place = {
  label: (model: string) => `Cells of ${model}`,
  close: 'Close',
  run: 'Run cell',
  uncovered: (budget: string) => `Not part of ${budget}: choose a larger budget.`,
  numbers: 'Numbers of this cell',
  course: 'loss (nats)',
  ours: 'How our result was made',
  yours: 'How your result was made',
  nothing: 'Nothing was run here yet. “Run cell” trains and measures this model in this browser.',
} as const;

export const exhibits = {
  completions: 'The same test digits, their right half hidden',
  others: 'What the others fill in',
  samples: 'Samples',
  seen: 'original',
  masked: 'hidden',
  rule: (rule: string) => `filled in: ${rule}`,
  reconstructed: 'whole, reconstructed',
} as const;

export const origin = {
  made: (results: number, budget: string, date: string, machine: string, backend: string) =>
    `${results === 1 ? 'One result' : `${results} results`}, budget ${budget}, ${date}, on ${machine}, ${backend}.`,
  took: (training: string, measuring: string) =>
    `Training took ${training}, measuring ${measuring}.`,
  images: (images: number) => `Measured on ${grouped(images)} test images.`,
  copy: 'Copy',
} as const;

export const theatre = {
  open: 'Open in the theatre',
  others: 'The theatre shows networks that settle; this one computes its answer at once.',
  live: 'The theatre shows NGC networks; networks like this one settle in the hall.',
  first: 'Run the cell to open its network in the theatre.',
  pretrained: (title: string) => `Open the page’s ${title} in the theatre`,
} as const;

export const side = {
  question: 'One digit, half hidden: what does each model make of it?',
  about:
    'NGC networks settle; autoencoders answer at once, or iterate. Draw, hide, scribble: all look at the same 28 × 28 pixels.',
  task: 'Task',
  tasks: { complete: 'Complete', reconstruct: 'Reconstruct' },
  rule: 'Rule',
  rules: { paper: 'Paper’s rule', best: 'Best rule of each' },
  ruleNames: {
    eq19: 'settles, hidden pixels as in Eq. 19',
    silent: 'settles, hidden pixels silent',
    once: 'once: hidden pixels white, answered at once',
    iterated: 'iterated: its answer put in, again and again',
    inferred: 'inferred: a code sought that fits what is seen',
  } as Readonly<Record<string, string>>,
  reconstructed: 'whole picture, reconstructed',
  mmse: (value: string) => `M-MSE ${value}`,
  squared: (value: string) => `squared error ${value}`,
  noTruth: 'nothing is known of the hidden part',
  own: 'trained here',
  draw: 'Draw samples of each',
  models: 'What the models make of it',
  looking: 'Looking …',
  blank: 'Draw something, or take an example.',
  starting: 'The models are being loaded …',
} as const;
