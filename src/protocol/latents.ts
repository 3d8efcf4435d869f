/*
 * The codes of images, φ(z_L), and what the page does with them: a map, samples of a prior, walks between them, pictures of any code.
 */

export const PROJECTIONS = ['pca', 'umap'] as const;
/** How codes are laid out in the plane. */
export type ProjectionName = (typeof PROJECTIONS)[number];

/** What it takes to place another code on a map. */
export type Placing =
  | {
      readonly kind: 'pca';
      /** m [D], and two axes of length 1 [2·D]. */
      readonly mean: Float32Array;
      readonly axes: Float32Array;
      /** The share of all variance along each axis. */
      readonly shares: readonly number[];
    }
  | {
      readonly kind: 'umap';
      /** The codes on the map [N·D]. */
      readonly codes: Float32Array;
      /** How many neighbours each image was to stay near. */
      readonly neighbours: number;
    };

/** Images of the test set where their codes lie. */
export interface LatentMapReport {
  readonly placing: Placing;
  /** [N·2]. */
  readonly points: Float32Array;
  /** The images themselves [N·J0], 0 … 255, and their numbers in the test set [N]. */
  readonly pictures: Uint8Array;
  readonly indices: Uint32Array;
  /** Class indices [N]; null where the set has no labels. */
  readonly labels: Uint8Array | null;
  readonly classNames: readonly string[];
  readonly dataset: string;
  /** How many images the test set has. */
  readonly testImages: number;
  /** `Snapshot.weightsVersion` of the synapses, the images they had learnt from, and the network's title. */
  readonly version: number;
  readonly imagesSeen: number;
  readonly network: string;
}

/** On a map by UMAP a code is placed between so many of its nearest, each counting by 1/‖·‖². */
export const PLACED_BY = 5;
/** What lies so much nearer than the code is long is the same code. */
const SAME = 1e-9;

/**
 * Where a code lies on a map: (φ − m)·a_i by PCA; by UMAP, which has no formula for others, between the places of its nearest.
 *
 * @param code φ(z_L) [D]
 * @returns x and y, in the units of `points`
 */
export function placeOf(
  { placing, points }: Pick<LatentMapReport, 'placing' | 'points'>,
  code: Float32Array,
): readonly [number, number] {
  if (placing.kind === 'umap') return amongNearest(placing.codes, points, code);
  const { mean, axes } = placing;
  const along = (axis: number) => {
    let sum = 0;
    for (let i = 0; i < code.length; i++)
      sum += (code[i]! - mean[i]!) * axes[axis * code.length + i]!;
    return sum;
  };
  return [along(0), along(1)];
}

function amongNearest(codes: Float32Array, points: Float32Array, code: Float32Array) {
  const width = code.length;
  const length = code.reduce((sum, value) => sum + value * value, 0);
  const nearest: { readonly n: number; readonly distance: number }[] = [];
  for (let n = 0; n < codes.length / width; n++) {
    let distance = 0;
    for (let i = 0; i < width; i++) distance += (codes[n * width + i]! - code[i]!) ** 2;
    if (nearest.length === PLACED_BY && distance >= nearest.at(-1)!.distance) continue;
    nearest.push({ n, distance });
    nearest.sort((a, b) => a.distance - b.distance);
    nearest.splice(PLACED_BY);
  }
  let [x, y, all] = [0, 0, 0];
  for (const { n, distance } of nearest) {
    const weight = 1 / Math.max(distance, SAME * length, Number.MIN_VALUE * 1e20);
    x += weight * points[2 * n]!;
    y += weight * points[2 * n + 1]!;
    all += weight;
  }
  return [x / all, y / all] as const;
}

export const COVARIANCES = ['diagonal', 'factor', 'full'] as const;
/** Of a prior: neurons vary independently; along a few directions, and independently; in any way. */
export type Covariance = (typeof COVARIANCES)[number];

/** How a prior is to be fitted. */
export interface PriorForm {
  readonly covariance: Covariance;
  /** K, the number of Gaussians. */
  readonly components: number;
}

/** The prior that samples are drawn from. */
export interface PriorReport {
  /** As it was asked for; null: as it came with the model, or as the page fits one by itself. */
  readonly form: PriorForm | null;
  /** What it is. */
  readonly is: PriorForm;
  /** For people: "mixture of 20 Gaussians, fitted on 2,000 states". */
  readonly words: string;
  /** w [K]. */
  readonly weights: Float32Array;
  /** The picture of each mean μ_k [K·J0]. */
  readonly pictures: Float32Array;
  /** Whether one came with the model, of the synapses as they are. */
  readonly came: boolean;
  /** `Snapshot.weightsVersion` of the synapses. */
  readonly version: number;
}

export interface SamplesReport {
  readonly count: number;
  /** count·J0 pixel probabilities. */
  readonly pixels: Float32Array;
  /** For people: "mixture of 20 Gaussians, fitted on 2,000 states". */
  readonly prior: string;
  /** The only Gaussian they were drawn from; null: all. */
  readonly component: number | null;
  /** By what the standard deviations of the prior were multiplied. */
  readonly temperature: number;
  readonly version: number;
}

/** The straight line between the codes of two pictures. */
export interface WalkReport {
  /** The pictures of points on the line [count·J0]; the first and the last are those of the two codes. */
  readonly pictures: Float32Array;
  readonly count: number;
  readonly version: number;
}

/** What the top layer makes of a picture. */
export interface CodeReport {
  /** φ(z_L) [D]. */
  readonly values: Float32Array;
  /** The picture of that code alone [J0]. */
  readonly picture: Float32Array;
  /** Between which values a neuron is worth being driven. */
  readonly low: number;
  readonly high: number;
  readonly version: number;
}

/** A training image, and by how many pixels of 0 or 1 something differs from it. */
interface Match {
  readonly index: number;
  /** [J0], 0 or 1. */
  readonly picture: Float32Array;
  /** Class index, or −1 where the set has no labels. */
  readonly label: number;
  readonly differing: number;
}

/** The training image most like a picture, and, for scale, the training image most like that one. */
export interface NearestReport {
  readonly nearest: Match;
  readonly next: Match;
  /** How many training images were looked through. */
  readonly images: number;
  readonly dataset: string;
  readonly classNames: readonly string[];
}
