import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { Proposal } from '../engine/proposal.ts';
import { createRng } from '../shared/rng.ts';
import type { AutoencoderConfig } from './config/settings.ts';
import { encode } from './equations.ts';
import { codeOf } from './losses.ts';
import { normal } from '../engine/noise.ts';
import type { Theta } from '../engine/theta.ts';

/*
 * GVAE and GVAE-CV have a density of codes, q(z | x) = N(m, s²), s² = exp v or the constant variance; and a prior of their own,
 * p(z) = N(0, I).
 */

/** An autoencoder that is not learning. */
interface Fixed {
  readonly config: AutoencoderConfig;
  readonly theta: Theta;
  readonly layers: number;
}

/** Whether its code of an image is a density, not one point. */
export const hasDensity = ({ variant }: AutoencoderConfig): boolean =>
  variant === 'gvae' || variant === 'gvae-cv';

/** z ~ q(z | x), one draw an image of x [B, J0]: [B, J_L]. The caller disposes it. */
export function drawCodes({ config, theta, layers }: Fixed, x: Tensor2D, seed: number): Tensor2D {
  return tf.tidy(() => {
    const encoding = encode(theta, x, layers);
    return codeOf(config, encoding, normal(seed, ...encoding.mean.shape));
  });
}

/**
 * `count` draws z_j = m + s⊙eps_j from q(z | x) of one image x [J0], and log p(z_j) − log q(z_j | x) = Σ_d ½ eps² − ½ z² + log s, in
 * float64 (the ½ log 2π of the two cancel).
 */
export async function propose(
  { config, theta, layers }: Fixed,
  x: Float32Array,
  count: number,
  seed: number,
): Promise<Proposal> {
  const { mean, logVariance } = tf.tidy(() => {
    const encoding = encode(theta, tf.tensor2d(x, [1, x.length]), layers);
    const constant = config.variant === 'gvae-cv' ? Math.log(config.variance) : 0;
    const v: Tensor2D = encoding.logVariance ?? tf.fill(encoding.mean.shape, constant);
    return { mean: encoding.mean, logVariance: v };
  });
  const [m, v] = [await toFloatArray(mean), await toFloatArray(logVariance)];
  tf.dispose([mean, logVariance]);
  const width = m.data.length;
  const rng = createRng(seed);
  const draws = new Float32Array(count * width);
  const logWeights = new Float64Array(count);
  for (let j = 0; j < count; j++)
    for (let d = 0; d < width; d++) {
      const logSd = v.data[d]! / 2;
      const eps = rng.normal();
      const z = m.data[d]! + Math.exp(logSd) * eps;
      draws[j * width + d] = z;
      logWeights[j]! += (eps * eps - z * z) / 2 + logSd;
    }
  return { draws: { shape: [count, width], data: draws }, logWeights };
}
