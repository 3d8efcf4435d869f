import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { classificationError, fitClassifier } from '../../../src/engine/measures/classification.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import { createRng, permutation } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';

const CLASSES = 4;

/** Points around one corner a class, on scales that differ a thousandfold, and one silent neuron. */
function corners(perClass: number, spread: number, seed: number) {
  const rng = createRng(seed);
  const count = perClass * CLASSES;
  const scales = [1000, 1, 0.1, 10];
  const labels = Uint8Array.from({ length: count }, (_, n) => n % CLASSES);
  const data = new Float32Array(count * 5);
  labels.forEach((label, n) =>
    scales.forEach((scale, d) => {
      data[n * 5 + d] = scale * ((d === label ? 1 : 0) + spread * rng.normal());
    }),
  );
  return { latents: { shape: [count, 5], data } satisfies FloatArray, labels };
}

describe.each(BACKENDS)('Err on %s', (backend) => {
  test('classes that a plane separates are told apart, shuffled labels are not', async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const train = corners(100, 0.1, 1);
    const held = corners(250, 0.1, 2);
    const good = await fitClassifier(train.latents, train.labels, CLASSES);
    expect(await classificationError(good, held.latents, held.labels)).toBeLessThan(0.5);

    const order = permutation(train.labels.length, createRng(3));
    const shuffled = train.labels.map((_, n) => train.labels[order[n]!]!);
    const bad = await fitClassifier(train.latents, shuffled, CLASSES);
    const chance = 100 - 100 / CLASSES;
    expect(await classificationError(bad, held.latents, held.labels)).toBeGreaterThan(chance - 15);

    good.dispose();
    bad.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('it stands where the gradient of the loss, in float64, is zero', async () => {
    await useBackend(backend);
    const { latents, labels } = corners(60, 0.7, 4); // classes overlap: the optimum is finite
    const decay = 0.01;
    const fitted = await fitClassifier(latents, labels, CLASSES, { decay, tolerance: 1e-5 });
    expect(fitted.gradient).toBeLessThan(1e-5);
    const theta = await fitted.theta.data();
    const mean = await fitted.mean.data();
    const scale = await fitted.scale.data();
    const gradient = new Float64Array(6 * CLASSES);
    labels.forEach((label, n) => {
      const phi = Array.from({ length: 6 }, (_, d) =>
        d < 5 ? (latents.data[n * 5 + d]! - mean[d]!) * scale[d]! : 1,
      );
      const scores = Array.from({ length: CLASSES }, (_, c) =>
        Math.exp(phi.reduce((sum, value, d) => sum + value * theta[d * CLASSES + c]!, 0)),
      );
      const total = scores.reduce((sum, value) => sum + value, 0);
      phi.forEach((value, d) =>
        scores.forEach((score, c) => {
          gradient[d * CLASSES + c]! +=
            (value * (score / total - (c === label ? 1 : 0))) / labels.length;
        }),
      );
    });
    for (let d = 0; d < 5; d++)
      for (let c = 0; c < CLASSES; c++)
        gradient[d * CLASSES + c]! += decay * theta[d * CLASSES + c]!;
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(2e-5); // what float32 leaves of 1e-5
    fitted.dispose();
  });

  test('it goes to the end in a few steps, and one that is stopped leaves nothing behind', async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const { latents, labels } = corners(60, 0.7, 4);
    const fitted = await fitClassifier(latents, labels, CLASSES);
    expect(fitted.gradient).toBeLessThan(1e-5);
    expect(fitted.iterations).toBeLessThan(60);
    fitted.dispose();
    const onProgress = () => {
      throw new Error('stop');
    };
    await expect(fitClassifier(latents, labels, CLASSES, { onProgress })).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });
});
