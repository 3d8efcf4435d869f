import type { ModelConfig } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { matrixName } from '../ngc/parameters.ts';
import type { Heap, Matrix } from './heap.ts';
import type { Place } from './kernels.ts';

/** The right factor of a product: a matrix of a network, or that matrix transposed. */
export interface Factor {
  readonly name: string;
  readonly transposed: boolean;
}

/** A matrix [rows, cols] packed as the right factor of products. */
export interface Packed {
  readonly at: Place;
  readonly rows: number;
  readonly cols: number;
}

/** Bytes of a packed matrix. */
export const panelBytes = (rows: number, cols: number) => 64 * rows * Math.ceil(cols / 16);

/** A name of a factor that no other has. */
export const keyOf = ({ name, transposed }: Factor) => (transposed ? `${name}ᵀ` : name);

export const shapeOf = ({ rows, cols }: Matrix, { transposed }: Factor): [number, number] =>
  transposed ? [cols, rows] : [rows, cols];

/** Packs a factor of a matrix at a place. */
export function pack({ kernels }: Heap, matrix: Matrix, factor: Factor, place: Place): Packed {
  const { at, stride } = matrix;
  const [rows, cols] = shapeOf(matrix, factor);
  const [down, along] = factor.transposed ? [4, stride] : [stride, 4];
  kernels.pack(rows, cols, at, down, along, place);
  return { at: place, rows, cols };
}

/** What carries e_{l−1} up to layer l: E_l, or W_lᵀ. */
export const feedbackOf = ({ variant }: ModelConfig, l: number): Factor =>
  VARIANT_DEFINITIONS[variant].feedback === 'transpose'
    ? { name: matrixName('W', l), transposed: true }
    : plain('E', l);

/** A matrix as it is. */
export const plain = (family: 'W' | 'E' | 'M' | 'V' | 'P', l: number): Factor => ({
  name: matrixName(family, l),
  transposed: false,
});
