import type { ModelConfig } from './config/settings.ts';
import { VARIANT_DEFINITIONS } from './config/variants.ts';

/** A family of learnt synapses; with the layer's number it names a parameter: W1, E2, M3, Sigma1. */
export type Family = 'W' | 'E' | 'M' | 'Sigma';

/** What else a network has a matrix of for each layer: precisions P1 …, and lateral synapses V1 …. */
export type DerivedFamily = 'P' | 'V';

/** Where a matrix of a network belongs. */
export interface MatrixPlace<F extends string = Family | DerivedFamily> {
  readonly name: string;
  readonly family: F;
  readonly layer: number;
  readonly shape: readonly [rows: number, columns: number];
}

/** A learnt matrix of a network: its name in files, what it is, and its shape (ngc.md, the table of symbols). */
export type Parameter = MatrixPlace<Family>;

/** The name of a matrix: its family and the number of its layer. */
export function matrixName(family: Family | DerivedFamily, layer: number): string {
  return `${family}${layer}`;
}

function place<F extends Family | DerivedFamily>(
  family: F,
  layer: number,
  rows: number,
  columns: number,
): MatrixPlace<F> {
  return { name: matrixName(family, layer), family, layer, shape: [rows, columns] };
}

/** The layers `from` … `to` with their sizes. */
function layersOf({ sizes }: ModelConfig, from: number, to: number) {
  return sizes.map((size, layer) => ({ size, layer })).slice(from, to + 1);
}

/** The layers whose error neurons are weighted by a precision: 1 … L − 1, or none. */
export function preciseLayers(config: ModelConfig): readonly { size: number; layer: number }[] {
  return config.precision === 'none' ? [] : layersOf(config, 1, config.sizes.length - 2);
}

/** Every parameter a configuration has, in the order files list them. */
export function parametersOf(config: ModelConfig): readonly Parameter[] {
  const { sizes, variant } = config;
  const { feedback, auxiliary } = VARIANT_DEFINITIONS[variant];
  const hidden = layersOf(config, 1, sizes.length - 1);
  const below = (layer: number, by: number) => sizes[layer - by] ?? 0;
  return [
    ...hidden.map(({ size, layer }) => place('W', layer, size, below(layer, 1))),
    ...(feedback === 'error-synapses'
      ? hidden.map(({ size, layer }) => place('E', layer, below(layer, 1), size))
      : []),
    ...(auxiliary
      ? hidden.slice(1).map(({ size, layer }) => place('M', layer, size, below(layer, 2)))
      : []),
    ...preciseLayers(config).map(({ size, layer }) => place('Sigma', layer, size, size)),
  ];
}

/** The matrices that connect neurons and change by what those do: every parameter but the covariances, in the same order. */
export function synapsesOf(config: ModelConfig): readonly Parameter[] {
  return parametersOf(config).filter(({ family }) => family !== 'Sigma');
}

/** The precisions P_l that a configuration has. */
export function precisionsOf(config: ModelConfig): readonly MatrixPlace<'P'>[] {
  return preciseLayers(config).map(({ size, layer }) => place('P', layer, size, size));
}

/** The lateral matrices V_l of a configuration; none where nobody competes. */
export function lateralsOf(config: ModelConfig): readonly MatrixPlace<'V'>[] {
  if (config.lateral === 'none') return [];
  const hidden = layersOf(config, 1, config.sizes.length - 1);
  return hidden.map(({ size, layer }) => place('V', layer, size, size));
}
