import type { Tensor2D } from '@tensorflow/tfjs-core';

import { normal } from '../../engine/noise.ts';
import { deriveSeed } from '../../shared/rng.ts';

/** What a network settles on. All tensors stay the caller's. */
export interface Episode {
  /** B. */
  readonly rows: number;
  /** z_0 [B, n_0], where it is held; absent: z_0 is free. */
  readonly input?: Tensor2D | undefined;
  /** z_L [B, n_L], where it is held; absent: z_L is free. */
  readonly output?: Tensor2D | undefined;
  /** Where free layers start, by their number, in place of what `init` says. */
  readonly start?: ReadonlyMap<number, Tensor2D> | undefined;
  /** Of a free z_L: 1 where a neuron stays as it starts [B, n_L]; absent: none does. */
  readonly kept?: Tensor2D | undefined;
  /** Of a held z_L: 1 where a neuron is seen [B, n_L]; the others send no error. Absent: all are. */
  readonly seen?: Tensor2D | undefined;
  /** ξ of layer l at step t (from 0) [B, n_l], where settling has a temperature. Absent: drawn from the seed. */
  readonly noise?: ((l: number, step: number) => Tensor2D) | undefined;
  /** What random starts and noise follow from; absent: 0. */
  readonly seed?: number | undefined;
}

/** Whether layer l moves. */
export const isFree = ({ input, output }: Episode, l: number, last: number): boolean =>
  l === 0 ? !input : l === last ? !output : true;

/** Streams of an episode's seed: its starts have the first one. */
const NOISE = 2;

/** ξ of layer l at step t, [B, n]. Belongs in a tidy. */
export function noiseAt(episode: Episode, l: number, step: number, n: number): Tensor2D {
  const { noise, rows, seed = 0 } = episode;
  if (noise) return noise(l, step);
  return normal(deriveSeed(deriveSeed(deriveSeed(seed, NOISE), l), step), rows, n);
}
