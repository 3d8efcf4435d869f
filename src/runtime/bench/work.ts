import type { ModelConfig } from '../../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS } from '../../ngc/config/variants.ts';

/** One matrix product of a settling step: [rows, depth]·[depth, cols]. */
export interface Product {
  readonly rows: number;
  readonly depth: number;
  readonly cols: number;
}

/** The matrix products of one settling step of `rows` images: predictions, precision, feedback. */
export function stepProducts(config: ModelConfig, rows: number): Product[] {
  const { sizes, precision, variant } = config;
  const top = sizes.length - 1;
  const { auxiliary } = VARIANT_DEFINITIONS[variant];
  const products: Product[] = [];
  for (let l = 1; l <= top; l++) {
    const [below, here] = [sizes[l - 1]!, sizes[l]!];
    products.push({ rows, depth: here, cols: below }); // φ(z_l)·W_l
    products.push({ rows, depth: below, cols: here }); // e_{l−1} up to layer l
    if (auxiliary && l >= 2) products.push({ rows, depth: here, cols: sizes[l - 2]! });
    if (precision !== 'none' && l < top) products.push({ rows, depth: here, cols: here });
  }
  return products;
}

/** Floating-point operations of one settling step (a multiplication and an addition are two). */
export function stepOperations(config: ModelConfig, rows: number): number {
  return stepProducts(config, rows).reduce((sum, p) => sum + 2 * p.rows * p.depth * p.cols, 0);
}
