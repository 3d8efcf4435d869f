import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { GenerativeSynapses } from './equations/predict.ts';

/** The synapses that send a picture down. */
type Sending = Pick<GenerativeSynapses, 'W' | 'M'>;

/**
 * The picture each neuron of layer l sends to the pixels when it fires alone, nonlinearities aside [J_l, J0]:
 * F_1 = W_1, F_l = W_l·F_{l−1} + M_l·F_{l−2} with F_0 = I. The caller disposes it.
 */
export function receptiveFields({ W, M }: Sending, layer: number): Tensor2D {
  return tf.tidy(() => {
    let twoBelow: Tensor2D | null = null;
    let below: Tensor2D = tf.clone(W[1]!);
    for (let l = 2; l <= layer; l++) {
      const far: Tensor2D | null | undefined = M[l];
      let fields: Tensor2D = tf.matMul(W[l]!, below);
      if (far) fields = tf.add(fields, twoBelow ? tf.matMul(far, twoBelow) : far);
      twoBelow = below;
      below = fields;
    }
    return below;
  });
}

/** Row `index` of `receptiveFields` [J0], without computing the others: the one neuron's picture. The caller disposes it. */
export function receptiveField({ W, M }: Sending, layer: number, index: number): Tensor1D {
  return tf.tidy(() => {
    let twoAbove: Tensor2D | null = null;
    let sent: Tensor2D = tf.slice(tf.eye(W[layer]!.shape[0]), [index, 0], [1, -1]);
    for (let l = layer; l >= 1; l--) {
      // What reaches layer l − 1: from layer l through W_l, and from layer l + 1 through M_{l+1}.
      const far: Tensor2D | null | undefined = M[l + 1];
      let below: Tensor2D = tf.matMul(sent, W[l]!);
      if (far && twoAbove) below = tf.add(below, tf.matMul(twoAbove, far));
      twoAbove = sent;
      sent = below;
    }
    return tf.reshape(sent, [-1]);
  });
}
