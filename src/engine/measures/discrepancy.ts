import { mean } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import type { GenerativeModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { ofEveryImage } from './images.ts';

/** How total discrepancy ψ is spread over images, nats an image (higher is better). */
export interface DiscrepancySpread {
  readonly mean: number;
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  /** ψ of an empty picture. */
  readonly blank: number;
}

/** The quantile q (0 … 1) of values in ascending order, linear between neighbours. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** ψ of every image, seen whole, in the order of the images. Throws a usage error where the model has no such measure. */
export const discrepancies = (
  model: GenerativeModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> =>
  ofEveryImage(
    images,
    model.pixels,
    async (x, onProgress) => {
      const perception = await model.perceive(x, { onProgress });
      try {
        if (!perception.discrepancy)
          throw new NgcError('usage', `A ${model.title} has no total discrepancy to measure.`);
        return await perception.discrepancy.data();
      } finally {
        perception.dispose();
      }
    },
    options,
  );

/** Looks at every image, and at an empty one, and says how ψ is spread. */
export async function measureDiscrepancySpread(
  model: GenerativeModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<DiscrepancySpread> {
  const empty: Images = { count: 1, read: () => new Float32Array(model.pixels) };
  const [blank = NaN] = await discrepancies(model, empty, {
    ...options,
    onProgress: () => options.onProgress?.(0),
  });
  const values = await discrepancies(model, images, options);
  const sorted = values.slice().sort();
  return {
    mean: mean(values),
    p5: quantile(sorted, 0.05),
    p25: quantile(sorted, 0.25),
    p50: quantile(sorted, 0.5),
    p75: quantile(sorted, 0.75),
    p95: quantile(sorted, 0.95),
    blank,
  };
}
