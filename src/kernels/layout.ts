import type { ModelConfig } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import {
  lateralsOf,
  matrixName,
  parametersOf,
  preciseLayers,
  precisionsOf,
  synapsesOf,
} from '../ngc/parameters.ts';
import { momentNames } from '../ngc/synapses.ts';

/** A matrix in an arena: it lies row by row from `offset` on, in floats. */
export interface Region {
  readonly offset: number;
  readonly rows: number;
  readonly cols: number;
}

/** Where everything lies in one buffer. */
export interface Arena {
  /** Floats in all. */
  readonly size: number;
  region(name: string): Region;
  has(name: string): boolean;
}

type Entry = readonly [name: string, rows: number, cols: number];

function arena(entries: readonly Entry[]): Arena {
  const regions = new Map<string, Region>();
  let size = 0;
  for (const [name, rows, cols] of entries) {
    regions.set(name, { offset: size, rows, cols });
    size += rows * cols;
  }
  return {
    size,
    has: (name) => regions.has(name),
    region(name) {
      const region = regions.get(name);
      if (!region) throw new Error(`no region ${name}`);
      return region;
    },
  };
}

/** The name of the folded feedback of layer l, and of a matrix of synapses as it was before the last update. */
export const foldName = (l: number) => `F${l}`;
export const beforeName = (parameter: string) => `before.${parameter}`;

/**
 * The synapses of a network: its parameters in file order (W first), the precisions P1 …, then what is derived:
 *
 * - F2 …: P_{l−1}·E_l (type 2) or P_{l−1}·W_lᵀ (type 1), the folded feedback [J_{l−1}, J_l]
 * - V1 …: lateral matrices, where the pattern is no columns
 * - before.W1 …: every matrix but the covariances as it was before the last update
 * - S1, T1, A1, B1, scale1 …: what Newton–Schulz works in
 */
export function synapseArena(config: ModelConfig): Arena {
  const { sizes, precision, lateral } = config;
  const parameters = parametersOf(config);
  const precise = preciseLayers(config);
  const work = precision === 'inverse' ? precise : [];
  const entry = ({ name, shape }: { name: string; shape: readonly [number, number] }): Entry => [
    name,
    ...shape,
  ];
  return arena([
    ...parameters.map(entry),
    ...precisionsOf(config).map(entry),
    ...precise.map(({ layer, size }): Entry => [foldName(layer + 1), size, sizes[layer + 1]!]),
    ...(lateral === 'groups' ? [] : lateralsOf(config).map(entry)),
    ...synapsesOf(config).map((one) => entry({ ...one, name: beforeName(one.name) })),
    ...['S', 'T', 'A', 'B'].flatMap((family) =>
      work.map(({ layer, size }): Entry => [`${family}${layer}`, size, size]),
    ),
    ...work.map(({ layer, size }): Entry => [`scale${layer}`, 1, size]),
  ]);
}

/** Adam's moments m.W1 …, v.W1 … of every parameter the optimizer moves here; empty for plain gradient ascent. */
export function momentArena(config: ModelConfig): Arena {
  if (config.optimizer === 'sgd') return arena([]);
  const moved = synapsesOf(config);
  return arena(
    (['m', 'v'] as const).flatMap((kind) =>
      moved.map(({ name, shape }): Entry => [momentNames(name)[kind], ...shape]),
    ),
  );
}

/**
 * What the neurons of `rows` images do: z0 (the input) … zL, φ of layers 1 … L twice (settling reads one and writes the
 * other), mu0 …, the mismatch v_l = target_l − mu_l, e1 … where precision is learnt (elsewhere e = v), the mask; alive1 …: 1
 * for neurons that may fire, 0 for silent ones; what an episode looks at next (nextX, nextMask); and what moves the states of the first image: up1 …
 * and rivals1 …, what reaches them from below and what competition takes.
 */
export function activityArena(config: ModelConfig, rows: number): Arena {
  const { sizes, precision } = config;
  const top = sizes.length - 1;
  const of = (family: string, from: number, to: number, height = rows) =>
    sizes.slice(from, to).map((size, i): Entry => [`${family}${from + i}`, height, size]);
  return arena([
    ...of('z', 0, top + 1),
    ...of('phi0.', 1, top + 1),
    ...of('phi1.', 1, top + 1),
    ...of('mu', 0, top),
    ...of('v', 0, top),
    ...(precision === 'none' ? [] : of('e', 1, top)),
    ['mask', rows, sizes[0]!],
    ['nextX', rows, sizes[0]!],
    ['nextMask', rows, sizes[0]!],
    ...of('alive', 1, top + 1, 1),
    ...of('up', 1, top + 1, 1),
    ...of('rivals', 1, top + 1, 1),
  ]);
}

/** The name of the region of layer l's error neurons. */
export function errorName(activity: Arena, l: number): string {
  const name = `e${l}`;
  return activity.has(name) ? name : `v${l}`;
}

/**
 * What an update tells, in 32-bit words: whether the batch was finite; the residual of Newton–Schulz of each layer; three
 * sums over the batch for every neuron (BCE or count of active; φ; squares of state and error); and the squared
 * change of each matrix, a number a workgroup.
 */
export function reportArena(config: ModelConfig, changes: number): Arena {
  const neurons = config.sizes.reduce((sum, size) => sum + size, 0);
  return arena([
    ['finite', 1, 1],
    ['residuals', 1, config.sizes.length - 1],
    ['columns', neurons, 3],
    ['changes', 1, Math.max(changes, 1)],
  ]);
}

/** Whether errors travel back through W itself. */
export function isTypeOne(config: ModelConfig): boolean {
  return VARIANT_DEFINITIONS[config.variant].feedback === 'transpose';
}

/** What carries the mismatch of layer l − 1 up to layer l [J_{l−1}, J_l] where nothing is folded in: its parameter. */
export function feedbackName(config: ModelConfig, l: number): string {
  return matrixName(isTypeOne(config) ? 'W' : 'E', l);
}
