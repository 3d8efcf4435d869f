/*
 * Experiments as data: a question, what is trained and measured to answer it, how much work that may be, and how it is drawn. No
 * numerics, no DOM, no Node: the page lists them, the command line runs them, by the same files.
 */

/** How much work an experiment may be: minutes on a laptop, an hour or so, or what the paper did. */
export const BUDGETS = ['quick', 'standard', 'paper'] as const;
export type Budget = (typeof BUDGETS)[number];

/** What a model is trained on. "fmnist-part": 4,200 images of Fashion-MNIST's test set, cut as 3,400 + 800. */
export const LAB_DATASETS = ['mnist', 'kmnist', 'fmnist', 'caltech101', 'fmnist-part'] as const;
export type LabDataset = (typeof LAB_DATASETS)[number];

/** A value of a model's settings. */
export type SettingValue = string | number | boolean | readonly number[];
export type Settings = Readonly<Record<string, SettingValue>>;

/** A part of a training: other settings from here on, until so many images in all were learnt from. */
export interface Stage {
  readonly images: number;
  readonly settings: Settings;
}

/**
 * Everything that a trained model follows from: two cells with the same training share the model. 2,000 of the training images
 * (fewer of a small set) are held out first, by a seed that is the same for all: choices are made on them, never on test images.
 */
export interface Training {
  readonly variant: string;
  readonly dataset: LabDataset;
  /** How many training images there are to learn from: the first of a shuffle by the seed; null: all that are not held out. */
  readonly subset: number | null;
  readonly seed: number;
  /** One after the other; the settings of the first are on top of the variant's defaults. */
  readonly stages: readonly Stage[];
  /** Settings to measure with, where they differ from those it learns with: it may learn from short settling and be read after long. */
  readonly reading?: Settings;
  /** Images between two looks at the validation images (a point of the curve, a checkpoint). */
  readonly every: number;
  /** How many validation images a look is at; absent: 1,000. */
  readonly looksAt?: number;
  /** Ends when this many looks in a row were no better, and keeps the best; absent: runs to its end, and keeps the last. */
  readonly patience?: number;
  /** Ends when it has trained so long. */
  readonly seconds?: number;
}

/** What may be measured of a trained model, by the names that results use. */
export const LAB_MEASURES = [
  'bce',
  'sampled',
  'logpx',
  'bound',
  'exact',
  'mmse',
  'err',
  'sparsity',
  'accuracy',
  'mse',
  'auroc',
  'recall-noise',
  'recall-half',
  'recall-half-long',
  'nearness-long',
  'nearness-short', // prettier-ignore
] as const;
export type LabMeasure = (typeof LAB_MEASURES)[number];

/** What is kept of a trained model to be looked at: pictures, codes. */
export const EXHIBITS = ['examples', 'samples', 'by-class', 'map', 'composition'] as const;
export type ExhibitKind = (typeof EXHIBITS)[number];

/** How thoroughly is measured. */
export interface Extent {
  /** Test images, the first ones; log p(x) on the first `likelihood` of them, importance bounds on the first `bound`. */
  readonly test: number;
  readonly likelihood: number;
  readonly bound: number;
  /** Training images whose codes the prior and the classifier are fitted to. */
  readonly codes: number;
  /** The most Gaussians of that prior. */
  readonly components: number;
}

/** One model, trained from one seed, and measured: what is run, resumed and kept as a whole. */
export interface Cell {
  readonly experiment: string;
  /** Names it within the experiment: ROW.DATASET[.POINT].sSEED, for instance "rae.mnist.s1". */
  readonly key: string;
  /** The row of the table (or the line of the figure), by its key. */
  readonly row: string;
  readonly dataset: LabDataset;
  /** Where along the figure's axis, where it has one. */
  readonly point: number | null;
  readonly seed: number;
  /** Null: a reference that is not trained (the mean image, nearest neighbours). */
  readonly training: Training | null;
  readonly measures: readonly LabMeasure[];
  readonly exhibits: readonly ExhibitKind[];
  readonly extent: Extent;
  /** Sets of which the first that can be had is strange to the model, for "auroc". */
  readonly strangers: readonly LabDataset[];
}

/** A row of a table, a line of a figure. */
export interface Row {
  readonly key: string;
  /** For people: "RAE", "GNCN-PDH without competition". */
  readonly title: string;
  /** The kind of model; null: a reference that is not trained. */
  readonly variant: string | null;
  /** Settings other than the recipe's. */
  readonly changes?: Settings;
  /** A sentence to explain it, where its title does not. */
  readonly note?: string;
}

/** A number of a result as a column of a table or a quantity of a figure. */
export interface Quantity {
  /** Its name in results: "bce", "mmse.once", "rho1" … */
  readonly key: string;
  /** For people: "BCE", "log p(x)". */
  readonly title: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly digits: number;
  /** What it is, in a sentence. */
  readonly meaning: string;
  /** Of several rules the best: the result's numbers that it is taken from; `key` is then only its own name. */
  readonly bestOf?: readonly string[];
  /** What it is where a curve says `value` of the validation images; absent: that. */
  ofValidation?(value: number): number;
}

/** How an experiment is drawn. */
export type Drawing =
  | { readonly kind: 'table'; readonly columns: readonly Quantity[] }
  /** Lines over `point` of the cells, log x. */
  | { readonly kind: 'lines'; readonly x: Axis; readonly y: Quantity }
  /** The curves of the trainings themselves. */
  | { readonly kind: 'curves'; readonly x: 'images' | 'seconds'; readonly y: Quantity }
  /** A dot a look at a model on its way: several quantities against the work done. */
  | { readonly kind: 'tradeoff'; readonly x: Axis; readonly y: readonly Quantity[] }
  /** Samples, a column a class. */
  | { readonly kind: 'by-class' }
  /** Codes as dots of a plane, coloured by class. */
  | { readonly kind: 'map' }
  /** A digit, the features that compose it, and their sum. */
  | { readonly kind: 'composition' };

export interface Axis {
  readonly title: string;
  readonly unit: string;
  readonly log: boolean;
}

/** What a budget means for an experiment. */
export interface Plan {
  readonly seeds: number;
  /** The one set that the budget is for; null: all that the experiment has. */
  readonly only: LabDataset | null;
  readonly extent: Extent;
  /** The training of a row on a dataset; null for rows that are not trained. `point` is one of `points`. */
  train(row: Row, dataset: LabDataset, point: number | null, seed: number): Training | null;
  /** Points along the axis; [null] where there is none. */
  readonly points: readonly (number | null)[];
}

/** Who says the numbers that an experiment is compared with. */
export interface Claimant {
  /** In heads of columns and in files. */
  readonly word: string;
  /** In legends. */
  readonly name: string;
}

export interface Experiment {
  /** Names it in files, addresses and commands: "table-1". */
  readonly id: string;
  readonly title: string;
  /** What it answers, one sentence. */
  readonly question: string;
  /** Where the question is from; null: ours. */
  readonly source: string | null;
  /** Absent: the paper. */
  readonly claimant?: Claimant;
  /** The exhibit of the hall that shows it live. */
  readonly exhibit?: string;
  readonly rows: readonly Row[];
  readonly datasets: readonly LabDataset[];
  /** What is measured of a row; what a kind of model does not have is left out there. */
  measures(row: Row): readonly LabMeasure[];
  exhibits(row: Row): readonly ExhibitKind[];
  /** What the points of its axis count, where it has points; absent: images. */
  readonly pointsAre?: string;
  /** Sets that are strange to its models (`Cell.strangers`). */
  readonly strangers?: readonly LabDataset[];
  readonly drawing: Drawing;
  /** Other numbers worth a table under the figure. */
  readonly more?: readonly Quantity[];
  /** Sentences that must be read with it. */
  readonly notes: readonly string[];
  plan(budget: Budget): Plan;
}

/** A number that is claimed: by the paper, as mean and standard deviation over its trials, or by whoever else the claimant is. */
export interface Printed {
  readonly experiment: string;
  readonly row: string;
  readonly dataset: LabDataset;
  /** Where along the figure's axis, where it has one. */
  readonly point: number | null;
  readonly quantity: string;
  readonly mean: number;
  readonly deviation: number | null;
}
