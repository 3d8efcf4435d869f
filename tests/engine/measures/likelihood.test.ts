import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { parseConfig } from '../../../src/ngc/config/parse.ts';
import { decoded, logMarginalLikelihoods } from '../../../src/engine/measures/likelihood.ts';
import { NgcImageModel } from '../../../src/ngc/imageModel.ts';
import { Model } from '../../../src/ngc/model.ts';
import { opByOp } from '../../../src/ngc/opByOp.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';

const random = (count: number, seed: number, draw: 'normal' | 'uniform') => {
  const rng = createRng(seed);
  return Float32Array.from({ length: count }, () => rng[draw]());
};

describe.each(BACKENDS)('log p(x) on %s', (backend) => {
  test('a naive float64 loop over images, samples and pixels says the same', async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    // Strong synapses: some probabilities saturate, so that the clipping matters.
    const config = parseConfig({ variant: 'gncn-pdh', sizes: [9, 6, 4], weightScale: 3 });
    const model = new NgcImageModel(await Model.create(config, 3), opByOp);
    const [n, count, pixels] = [1203, 701, 9]; // more than one chunk of each, the last one short
    const latents = { shape: [n, 4], data: random(n * 4, 5, 'normal') };
    const x = random(count * pixels, 7, 'uniform').map((value) => (value > 0.5 ? 1 : 0));
    const images = {
      count,
      read: (from: number, to: number) => x.slice(from * pixels, to * pixels),
    };

    const actual = await logMarginalLikelihoods(decoded(model), images, latents);

    const z = tf.tensor2d(latents.data, [n, 4]);
    const projected = model.decode(z);
    const mu0 = await projected.data();
    expect(Math.min(...mu0)).toBeLessThan(1e-6);
    expect(Math.max(...mu0)).toBeGreaterThan(1 - 1e-6);
    for (let i = 0; i < count; i += 50) {
      let sum = 0;
      for (let s = 0; s < n; s++) {
        let likelihood = 1; // nine factors of at least 1e-6: no underflow in float64
        for (let d = 0; d < pixels; d++) {
          const p = Math.min(Math.max(mu0[s * pixels + d]!, 1e-6), 1 - 1e-6);
          likelihood *= x[i * pixels + d] === 1 ? p : 1 - p;
        }
        sum += likelihood;
      }
      expect(Math.abs(actual[i]! - Math.log(sum / n))).toBeLessThan(1e-4);
    }
    tf.dispose([z, projected]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a network without synapses gives every picture 784·log ½, far below where exp underflows', async () => {
    await useBackend(backend);
    const config = parseConfig({ variant: 'gncn-t1', sizes: [784, 4], weightScale: 0 });
    const model = new NgcImageModel(await Model.create(config, 1), opByOp);
    const images = { count: 2, read: () => random(2 * 784, 1, 'uniform').map(Math.round) };
    const latents = { shape: [10, 4], data: random(40, 2, 'normal') };
    const actual = await logMarginalLikelihoods(decoded(model), images, latents);
    // 784 equal terms added in float32: some 1e-6 of the sum.
    for (const value of actual) expect(Math.abs(value - 784 * Math.log(0.5))).toBeLessThan(0.003);
    model.dispose();
  });
});
