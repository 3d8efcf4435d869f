/*
 * A training as one watches it: when it ends by itself, what it could do at moments of its past, how healthy its network is.
 */

/** When training ends by itself: as soon as one of these holds. Null: that ends nothing. */
export interface StopRule {
  /** So many epochs; one that had begun before counts. */
  readonly epochs: number | null;
  /** So many minutes of training, pauses not counted. */
  readonly minutes: number | null;
  /** The validation BCE, nats an image, is at most this. */
  readonly bce: number | null;
  /** So many measurements in a row were no better than the best validation BCE before them. */
  readonly patience: number | null;
}

export const NO_STOP: StopRule = { epochs: null, minutes: null, bce: null, patience: null };

/** Whether two rules end training alike. */
export const isSameRule = (a: StopRule, b: StopRule): boolean =>
  a.epochs === b.epochs && a.minutes === b.minutes && a.bce === b.bce && a.patience === b.patience;

/** Whether anything ends training by itself. */
export const endsByItself = (rule: StopRule): boolean =>
  Object.values(rule).some((condition) => condition !== null);

/** The least and the most of each condition. */
export const STOP_RANGES: Readonly<
  Record<keyof StopRule, { readonly min: number; readonly max: number; readonly integer: boolean }>
> = {
  epochs: { min: 1, max: 10_000, integer: true },
  minutes: { min: 0.1, max: 10_000, integer: false },
  bce: { min: 0, max: 1_000, integer: false },
  patience: { min: 1, max: 1_000, integer: true },
};

/** How far training is from its end: only what is counted can be foreseen. */
export interface StopStatus {
  /** 0 … 1, of the condition that will be met first; null where only what is measured ends it. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
  /** Measurements in a row that were no better, where that may end it. */
  readonly noBetter: number | null;
}

/** So many fixed images are shown while a network learns, and as many samples and fields. */
export const EXAMPLES = 6;

/** What a network could do at one moment: pictures of 784 bytes each, 0 … 255. */
export interface Moment {
  readonly imagesSeen: number;
  /** The fixed images, reconstructed (mu_0). */
  readonly reconstructed: Uint8Array;
  /** The same with their right half hidden, completed. */
  readonly completed: Uint8Array;
  /** Drawn from a prior fitted to the images last learnt from; empty where those are too few yet. */
  readonly samples: Uint8Array;
  /** Fields of some neurons of layer 1, each by its own largest weight: 128 is zero. */
  readonly fields: Uint8Array;
}

/** What there is to see of a run's past, from a moment on, and of the present. */
export interface MomentsReport {
  /** The run: another one begins anew. */
  readonly run: number;
  /** The fixed images as they are [EXAMPLES·784], 0 … 255. */
  readonly examples: Uint8Array;
  /** Neurons of layer 1 whose fields are shown. */
  readonly neurons: readonly number[];
  readonly from: number;
  readonly past: readonly Moment[];
  readonly now: Moment;
}

/** How a layer of state neurons fares on held-out images. */
export interface LayerHealth {
  readonly layer: number;
  readonly neurons: number;
  /** Those that were active for none of the images. */
  readonly neverActive: number;
  /** Those that were the most active of their column for none of the images; null where columns do not compete. */
  readonly neverWin: number | null;
}

/** How a matrix of synapses fares. */
export interface MatrixHealth {
  readonly name: string;
  /** Vectors (columns, or fields: `normAxis`) of which there are so many, and how many of them lie at the norm limit. */
  readonly vectors: number;
  readonly atLimit: number;
  readonly limit: number;
  readonly largest: number;
}

/** How a network fares: numbers, no verdict. */
export interface HealthReport {
  readonly version: number;
  readonly imagesSeen: number;
  /** Images that layers were looked at with, held out of training. */
  readonly images: number;
  readonly layers: readonly LayerHealth[];
  readonly matrices: readonly MatrixHealth[];
  /** λ_max/λ_min of each learnt covariance: the larger, the nearer to one that cannot be inverted. */
  readonly covariances: readonly { readonly name: string; readonly condition: number }[];
}
