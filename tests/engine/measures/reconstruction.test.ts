import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import type { Activity } from '../../../src/ngc/activity.ts';
import { parseConfig } from '../../../src/ngc/config/parse.ts';
import { measureCompletion, rightHalfHidden } from '../../../src/engine/measures/completion.ts';
import { measureBatch } from '../../../src/ngc/summary.ts';
import { measureReconstruction } from '../../../src/engine/measures/reconstruction.ts';
import { NgcImageModel } from '../../../src/ngc/imageModel.ts';
import { Model } from '../../../src/ngc/model.ts';
import { opByOp } from '../../../src/ngc/opByOp.ts';
import { settle } from '../../../src/ngc/settle.ts';
import { mean } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';
import { linear } from '../../helpers/linearFamily.ts';

const PIXELS = 16;

function pictures(count: number, seed: number) {
  const rng = createRng(seed);
  const x = Float32Array.from({ length: count * PIXELS }, () => rng.below(2));
  return { x, count, read: (from: number, to: number) => x.slice(from * PIXELS, to * PIXELS) };
}

async function small(): Promise<NgcImageModel> {
  const sizes = [PIXELS, 8, 6];
  const config = parseConfig({ variant: 'gncn-pdh', sizes, weightScale: 0.5, steps: 7 });
  return new NgcImageModel(await Model.create(config, 5), opByOp);
}

describe.each(BACKENDS)('measures on %s', (backend) => {
  test('BCE is the mean over images of the sum over pixels, whatever the batches', async () => {
    await useBackend(backend);
    const model = await small();
    const images = pictures(11, 1);
    const x = tf.tensor2d(images.x, [11, PIXELS]);
    const settled = await settle(model, x);
    const mu0 = await (await settled.read()).mu[0]!.data();
    let sum = 0;
    mu0.forEach((p, i) => (sum -= Math.log(images.x[i] === 1 ? p : 1 - p)));
    for (const batch of [4, 11, 200]) {
      const { bce } = await measureReconstruction(model, images, { batch });
      expect(bce).toBeCloseTo(sum / 11, 4);
    }
    settled.dispose();
    x.dispose();
    model.dispose();
  });

  test('sparsity and ψ are means over images too, sparsity a layer at a time', async () => {
    await useBackend(backend);
    const model = await small();
    const images = pictures(11, 1);
    const x = tf.tensor2d(images.x, [11, PIXELS]);
    const { activity, discrepancy, dispose } = await model.perceive(x);
    const layers = await Promise.all(activity.map((layer) => layer.data()));
    const shares = layers.map((layer) => layer.filter((phi) => phi > 1e-6).length / layer.length);
    const psi = mean((await discrepancy?.data()) ?? []);
    expect(shares[0]).not.toBeCloseTo(shares[1]!, 2);
    for (const batch of [4, 11, 200]) {
      const found = await measureReconstruction(model, images, { batch });
      expect(found.sparsity.length).toBe(2);
      found.sparsity.forEach((share, l) => expect(share).toBeCloseTo(shares[l]!, 6));
      expect(found.discrepancy).toBeCloseTo(psi, 4);
    }
    dispose();
    x.dispose();
    model.dispose();
  });

  test('a model without ψ and layers has its BCE only', async () => {
    await useBackend(backend);
    const config = linear.parse({ variant: 'linear', sizes: [PIXELS, 3] });
    const model = await linear.create(config, 1, opByOp);
    const found = await measureReconstruction(model, pictures(11, 1), { batch: 4 });
    expect(found).toEqual({ bce: found.bce, discrepancy: NaN, sparsity: [] });
    expect(found.bce / PIXELS).toBeCloseTo(Math.log(2), 1); // it knows nothing yet
    model.dispose();
  });

  test('sparsity counts activity above 1e-6, a layer at a time', async () => {
    await useBackend(backend);
    const matrix = (rows: number[][]) => tf.tensor2d(rows);
    const activity: Activity = {
      z: [matrix([[1, 0]]), matrix([[1, 1]])],
      phiZ: [
        matrix([
          [1, 0],
          [0, 1],
        ]),
        matrix([
          [0, 1e-7, 2e-6, 5],
          [0, 0, 0, -3],
        ]),
        matrix([
          [1, 1],
          [0.5, 1],
        ]),
      ],
      mu: [
        matrix([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ],
      e: [matrix([[0, 0]])],
    };
    const x = matrix([
      [1, 0],
      [0, 1],
    ]);
    const measures = await measureBatch(x, activity);
    expect(measures.sparsity).toEqual([0.25, 1]);
    expect(measures.bce).toBeCloseTo(2 * Math.log(2), 5);
    expect(measures.finite).toBe(true);
    tf.dispose([x, ...Object.values(activity).flat()]);
  });

  test('completion is judged on the hidden pixels only, per picture', async () => {
    await useBackend(backend);
    const model = await small();
    const images = pictures(6, 2);
    const mask = rightHalfHidden(PIXELS);
    expect([...mask.slice(0, 4)]).toEqual([1, 1, 0, 0]);
    const x = tf.tensor2d(images.x, [6, PIXELS]);
    const tiled = tf.tensor2d(Float32Array.from({ length: 6 * PIXELS }, (_, i) => mask[i % PIXELS]!), [6, PIXELS]); // prettier-ignore
    const settled = await settle(model, x, { mask: tiled });
    const filled = await (await settled.read()).z[0]!.data();
    let hidden = 0;
    filled.forEach((value, i) => {
      if (mask[i % PIXELS] === 1) expect(value).toBe(images.x[i]);
      else hidden += (value - images.x[i]!) ** 2;
    });
    expect(hidden).toBeGreaterThan(1);
    expect(await measureCompletion(model, images, { batch: 4 })).toBeCloseTo(hidden / 6, 4);
    settled.dispose();
    tf.dispose([x, tiled]);
    model.dispose();
  });
});
