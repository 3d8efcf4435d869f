import type { ModelConfig } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { parameterShapes } from '../ngc/model.ts';

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

function arena(entries: readonly (readonly [string, number, number])[]): Arena {
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

/**
 * The synapses of a network: its parameters in file order (W first), the precisions P1 …, then what is derived:
 *
 * - F2 …: P_{l−1}·E_l (type 2) or P_{l−1}·W_lᵀ (type 1), the folded feedback [J_{l−1}, J_l]
 * - V1 …: lateral matrices, where the pattern is no columns
 * - before.W1 …: W as it was before the last update
 * - S1, T1, A1, B1, scale1 …: what Newton–Schulz works in
 */
export function synapseArena(config: ModelConfig): Arena {
  const { sizes, precision, lateral } = config;
  const shapes = [...parameterShapes(config)].map(
    ([name, [rows, cols]]) => [name, rows, cols] as const,
  );
  const hidden = sizes.slice(1, -1).map((size, i) => [i + 1, size] as const);
  const square = (family: string) =>
    hidden.map(([l, size]) => [`${family}${l}`, size, size] as const);
  return arena([
    ...shapes,
    ...(precision === 'none' ? [] : square('P')),
    ...(precision === 'none'
      ? []
      : hidden.map(([l, size]) => [`F${l + 1}`, size, sizes[l + 1]!] as const)),
    ...(lateral === 'band' || lateral === 'matrix'
      ? sizes.slice(1).map((size, i) => [`V${i + 1}`, size, size] as const)
      : []),
    ...shapes
      .filter(([name]) => name.startsWith('W'))
      .map(([name, rows, cols]) => [`before.${name}`, rows, cols] as const),
    ...(precision === 'inverse'
      ? [
          ...['S', 'T', 'A', 'B'].flatMap(square),
          ...hidden.map(([l, size]) => [`scale${l}`, 1, size] as const),
        ]
      : []),
  ]);
}

/** Adam's moments m.W1 …, v.W1 … of every parameter the optimizer moves; empty for plain gradient ascent. */
export function momentArena(config: ModelConfig): Arena {
  if (config.optimizer === 'sgd') return arena([]);
  const moved = [...parameterShapes(config)].filter(([name]) => !name.startsWith('Sigma'));
  return arena(
    ['m', 'v'].flatMap((kind) =>
      moved.map(([name, [rows, cols]]) => [`${kind}.${name}`, rows, cols] as const),
    ),
  );
}

/**
 * What the neurons of `rows` images do: z0 (the input) … zL, φ of layers 1 … L twice (settling reads one and writes the
 * other), mu0 …, the mismatch v_l = target_l − mu_l, e1 … where precision is learnt (elsewhere e = v), and the mask.
 */
export function activityArena(config: ModelConfig, rows: number): Arena {
  const { sizes, precision } = config;
  const top = sizes.length - 1;
  const of = (family: string, from: number, to: number) =>
    sizes.slice(from, to).map((size, i) => [`${family}${from + i}`, rows, size] as const);
  return arena([
    ...of('z', 0, top + 1),
    ...of('phi0.', 1, top + 1),
    ...of('phi1.', 1, top + 1),
    ...of('mu', 0, top),
    ...of('v', 0, top),
    ...(precision === 'none' ? [] : of('e', 1, top)),
    ['mask', rows, sizes[0]!],
  ]);
}

/**
 * What an update tells, in 32-bit words: whether the batch was finite; the residual of Newton–Schulz of each layer; three
 * sums over the batch for every neuron (BCE or count of active; φ; squares of state and error); and the squared
 * change of W, a number a workgroup.
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
