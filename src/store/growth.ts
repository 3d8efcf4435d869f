import type { Composition } from './composition.ts';

/*
 * A picture growing out of its parts, in stages: 1 … k the strongest features, then all others of layer 1, and last, in
 * networks that have it, what layer 2 draws directly through M2. The last stage is mu_0.
 */

/** The last stage of a composition. */
export function lastStage({ parts, far }: Composition): number {
  return parts.length + 1 + (far ? 1 : 0);
}

/** What a stage adds up: so many of the strongest features, all of layer 1, or everything. */
export type Reached = number | 'all' | 'far';

export function reached({ parts, far }: Composition, stage: number): Reached {
  if (stage <= parts.length) return stage;
  return far && stage > parts.length + 1 ? 'far' : 'all';
}

/** The picture at a stage [J0]: the sigmoid of all that is added up so far. */
export function pictureAt(composition: Composition, stage: number): Float32Array {
  const { parts, others, far, whole } = composition;
  const sum = new Float32Array(whole.length);
  const add = (values: Float32Array) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
  };
  for (const { field } of parts.slice(0, stage)) add(field);
  if (stage > parts.length) add(others);
  if (far && stage > parts.length + 1) add(far);
  return sum.map((h) => 1 / (1 + Math.exp(-h)));
}
