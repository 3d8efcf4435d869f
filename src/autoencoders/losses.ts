import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { activeShare } from '../engine/likelihood.ts';
import type { AutoencoderConfig, DsrnConfig, GanAeConfig } from './config/settings.ts';
import type { Encoding } from './equations.ts';
import { classify, decode, discriminate, encode } from './equations.ts';
import type { Theta } from '../engine/theta.ts';
import { of } from '../engine/theta.ts';

/** What a batch is learnt from, beside the parameters. */
export interface Batch {
  /** Pixels [B, J0]. */
  readonly x: Tensor2D;
  /** N(0, I), one draw an image [B, J_L]: eps of GVAE and GVAE-CV, the true samples n of GAN-AE's discriminator; null: not needed. */
  readonly noise: Tensor2D | null;
  /** The classes, 1 where an image is of one [B, C]; null: not told. */
  readonly classes: Tensor2D | null;
}

/** What is minimised: the sum of some terms, nats, means over the batch. */
export interface Loss {
  readonly terms: Readonly<Record<string, Scalar>>;
  /** Share of active neurons of each hidden layer; of those losses that look at them. */
  readonly shares: readonly Scalar[];
}

const needed = (tensor: Tensor2D | null, what: string): Tensor2D => {
  if (!tensor) throw new Error(`A batch without ${what} cannot be learnt from.`);
  return tensor;
};

/** The mean over the batch of what is summed over the neurons of an image. */
const perImage = (each: Tensor2D): Scalar => tf.div(tf.sum(each), each.shape[0]);

/** Their sum. TensorFlow.js's addN has no gradient. */
export const sumOf = (scalars: readonly Scalar[]): Scalar =>
  scalars.reduce((sum, scalar) => tf.add(sum, scalar));

/** ½‖W‖², whose gradient is W: said so, it takes one pass over W. */
const halfSquare = (W: Tensor): Scalar =>
  tf.customGrad<Scalar>((...inputs) => {
    for (const save of inputs) if (typeof save === 'function') save([W]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => tf.mul(saved[0]!, dy);
    return { value: tf.mul(tf.sum(tf.square(W)), 0.5), gradFunc };
  })(W);

/** bce = −Σ_d x_d log mu_0d + (1 − x_d) log(1 − mu_0d) [B, J0 terms], from the logits a of mu_0: log(1 + eᵃ) − x·a. */
export function crossEntropies(x: Tensor2D, logits: Tensor2D): Tensor2D {
  return tf.sub(tf.softplus(logits), tf.mul(x, logits));
}

/** ½·decay·Σ_l ‖W_l‖², the decoder's matrices only. */
function decayOf(theta: Theta, { decay, sizes }: AutoencoderConfig): Scalar {
  const squares = sizes.slice(1).map((_, i) => halfSquare(of(theta, `W${i + 1}`)));
  return tf.mul(sumOf(squares), decay);
}

/** z: what is sent down in learning. m (RAE, GAN-AE), m + √variance·eps (GVAE-CV), m + exp(v/2)⊙eps (GVAE). */
export function codeOf(
  config: AutoencoderConfig,
  { mean, logVariance }: Encoding,
  noise: Tensor2D | null,
): Tensor2D {
  if (config.variant === 'gvae-cv')
    return tf.add(mean, tf.mul(needed(noise, 'noise'), Math.sqrt(config.variance)));
  if (!logVariance) return mean;
  return tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), needed(noise, 'noise')));
}

/** What the code costs, by the name that files give it; nothing for GAN-AE, whose discriminator shapes it. */
function costOfCode(config: AutoencoderConfig, { mean, logVariance }: Encoding) {
  const halfSquares = perImage(tf.mul(tf.square(mean), 0.5));
  switch (config.variant) {
    case 'rae': // latentDecay·½‖m‖²
      return { latent: tf.mul<Scalar>(halfSquares, config.latentDecay) };
    case 'gvae-cv': {
      // KL(N(m, variance·I) ‖ N(0, I)) = ½‖m‖² + ½·J_L·(variance − 1 − log variance)
      const { variance } = config;
      const width = (variance - 1 - Math.log(variance)) * (mean.shape[1] / 2);
      return { kl: tf.add<Scalar>(halfSquares, width) };
    }
    case 'gvae': {
      // KL(N(m, exp v) ‖ N(0, I)) = ½ Σ (m² + exp v − 1 − v)
      const v = needed(logVariance, 'a log variance');
      const widths = perImage(tf.mul(tf.sub(tf.sub(tf.exp(v), 1), v), 0.5));
      return { kl: tf.add<Scalar>(halfSquares, widths) };
    }
    case 'gan-ae':
      return {};
    default:
      return config satisfies never;
  }
}

/** What encoder and decoder minimise together: bce, what the code costs, and the decay of the decoder's matrices. */
export function reconstructionLoss(
  config: AutoencoderConfig,
  theta: Theta,
  { x, noise }: Batch,
): Loss {
  const layers = config.sizes.length - 1;
  const encoding = encode(theta, x, layers);
  const logits = decode(theta, codeOf(config, encoding, noise), layers);
  return {
    terms: {
      bce: perImage(crossEntropies(x, logits)),
      ...costOfCode(config, encoding),
      decay: decayOf(theta, config),
    },
    shares: encoding.h.map(activeShare),
  };
}

/** What the discriminator minimises, of codes z that are given: softplus(−D(n)) + softplus(D(z)), n ~ N(0, I). */
export function discriminatorLoss(config: GanAeConfig, theta: Theta, { x, noise }: Batch): Loss {
  const { sizes, discriminator } = config;
  const z = encode(theta, x, sizes.length - 1).mean;
  const D = (code: Tensor2D) => discriminate(theta, code, discriminator.length);
  const truth = tf.softplus<Tensor2D>(tf.neg(D(needed(noise, 'samples of the prior'))));
  const fraud = tf.softplus<Tensor2D>(D(z));
  return { terms: { discriminator: perImage(tf.add(truth, fraud)) }, shares: [] };
}

/** What the encoder then minimises: softplus(−D(z)). */
export function generatorLoss(config: GanAeConfig, theta: Theta, { x }: Batch): Loss {
  const z = encode(theta, x, config.sizes.length - 1).mean;
  const doubt = tf.softplus<Tensor2D>(tf.neg(discriminate(theta, z, config.discriminator.length)));
  return { terms: { generator: perImage(doubt) }, shares: [] };
}

/** −Σ_c log softmax(logits)_c of an image's class, and `sparsity`·Σ_l Σ_j |h_lj| (Glorot et al. 2011). */
export function classificationLoss(config: DsrnConfig, theta: Theta, { x, classes }: Batch): Loss {
  const { h, logits } = classify(theta, x, config.sizes.length - 1);
  const missed = tf.mul<Tensor2D>(tf.logSoftmax(logits), tf.neg(needed(classes, 'classes')));
  const activity = sumOf(h.map((layer) => perImage(tf.abs(layer))));
  return {
    terms: { ce: perImage(missed), sparsity: tf.mul(activity, config.sparsity) },
    shares: h.map(activeShare),
  };
}
