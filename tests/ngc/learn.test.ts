import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { SpoiltError } from '../../src/shared/errors.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { limitNorms } from '../../src/engine/norms.ts';
import { adamStep, sgdStep } from '../../src/engine/optimizers.ts';
import { synapticChanges } from '../../src/ngc/equations/hebbian.ts';
import {
  exactPrecision,
  newtonSchulz,
  normalisedCovariance,
  stabilised,
} from '../../src/ngc/equations/precision.ts';
import { applyChanges, learningRateAt, learningSetting } from '../../src/ngc/learn.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import { Model } from '../../src/ngc/model.ts';
import { settle } from '../../src/ngc/settle.ts';
import { drawDigits } from '../../src/data/synthetic.ts';
import type { Split } from '../../src/data/dataset.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { Trainer } from '../../src/runtime/trainer.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, plainly, randomMatrix, smallModel } from '../helpers/models.ts';

const read = async (t: tf.Tensor) => [...(await t.data())];

beforeAll(() => useBackend('wasm'));

describe('norm limits', () => {
  const norms = async (t: tf.Tensor2D, axis: 0 | 1) => read(tf.norm(t, 'euclidean', axis));

  test.each([0, 1] as const)(
    'axis %i: nothing is longer than the limit, nothing shorter moves',
    async (axis) => {
      const weights = randomMatrix(7, 7, 0.42);
      const before = await norms(weights, axis);
      expect(Math.max(...before)).toBeGreaterThan(1.2);
      expect(Math.min(...before)).toBeLessThan(1);
      const limited = limitNorms(weights, 1, axis, 'clip');
      (await norms(limited, axis)).forEach((norm, i) =>
        expect(norm).toBeCloseTo(Math.min(1, before[i]!), 5),
      );
    },
  );

  test('force brings every column to the limit', async () => {
    const limited = limitNorms(randomMatrix(5, 7, 0.1), 2, 0, 'force');
    for (const norm of await norms(limited, 0)) expect(norm).toBeCloseTo(2, 5);
  });

  test('after an update no column of W, M or E is over the limit', async () => {
    const model = await smallModel('gncn-pdh', {
      optimizer: 'sgd',
      learningRate: 5,
      maxNorm: 0.7,
      maxNormAbove: 0.3,
    });
    const x = binaryImages(5, 12);
    const settled = await settle(plainly(model), x);
    await settled.learn();
    for (const { name, family } of model.parameters) {
      if (family === 'Sigma') continue;
      const limit = ['W1', 'E1', 'M2'].includes(name) ? 0.7 : 0.3;
      const largest = Math.max(...(await norms(model.synapses.get(name), 0)));
      expect(largest, name).toBeCloseTo(limit, 5);
    }
    settled.dispose();
    model.dispose();
    x.dispose();
  });
});

describe('precision', () => {
  test('two Newton–Schulz steps from the last precision find the inverse that Cholesky gives', async () => {
    const n = 24;
    const base = randomMatrix(n, n, 0.05);
    const first = await exactPrecision(base, 'inverse');
    const moved = tf.add<tf.Tensor2D>(base, randomMatrix(n, n, 0.005, 9));
    const followed = await newtonSchulz(first.precision, stabilised(moved, 'inverse'));
    const exact = await exactPrecision(moved, 'inverse');
    expect(followed.residual).toBeLessThan(1e-4);
    const want = await read(exact.precision);
    (await read(followed.precision)).forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 4));
    // It must have had something to do.
    const old = await read(first.precision);
    expect(Math.max(...old.map((v, i) => Math.abs(v - want[i]!)))).toBeGreaterThan(1e-3);
  });

  test.each([1e-4, 3e-3, 0.03, 0.1])(
    'what Newton–Schulz says of its residual is never too little (moved by %f)',
    async (distance) => {
      const n = 24;
      const base = randomMatrix(n, n, 0.05);
      const { precision } = await exactPrecision(base, 'inverse');
      const target = stabilised(
        tf.add<tf.Tensor2D>(base, randomMatrix(n, n, distance, 9)),
        'inverse',
      );
      const followed = await newtonSchulz(precision, target);
      const left = tf.abs(tf.sub(tf.eye(n), tf.matMul(followed.precision, target)));
      const largest = Math.max(...(await read(left)));
      expect(followed.residual).toBeGreaterThanOrEqual(largest - 1e-6); // float32 rounding
      // Over the limit, it is the true one: the exact inverse is not taken without need.
      if (followed.residual > 1e-4) expect(followed.residual).toBeCloseTo(largest, 6);
    },
  );

  test.each([
    ['that would be drowned by its repair', [1, 1e5, 0, 1e5, 1, 0, 0, 0, 1], /raised by/],
    ['of absurd size', [1, 1e23, 0, 1e23, 1, 0, 0, 0, 1], /holds 1\.0e\+23/],
    ['that is not finite', [1, NaN, 0, 0, 1, 0, 0, 0, 1], /holds NaN/],
  ])('a covariance %s is a failure, and not repaired', async (_, entries, why) => {
    const failing = exactPrecision(tf.tensor2d(entries, [3, 3]), 'inverse');
    await expect(failing).rejects.toThrow(SpoiltError);
    await expect(failing).rejects.toThrow(why);
  });

  test('a covariance that is not positive definite is raised until it is, and that is said', async () => {
    const n = 3;
    const bad = tf.tensor2d([1, 2, 0, 2, 1, 0, 0, 0, 1], [n, n]);
    const { precision, raisedBy } = await exactPrecision(bad, 'inverse');
    expect(raisedBy).toBeGreaterThan(0);
    expect((await read(precision)).every(Number.isFinite)).toBe(true);
  });

  test('what is kept is D^-1/2 S D^-1/2 with D the column norms, at least 1', async () => {
    const S = tf.tensor2d([2, 0.5, 0.5, 0.3], [2, 2]);
    const d0 = Math.hypot(2, 0.5);
    const d1 = 1; // hypot(0.5, 0.3) < 1
    const want = [2 / d0, 0.5 / Math.sqrt(d0 * d1), 0.5 / Math.sqrt(d0 * d1), 0.3];
    (await read(normalisedCovariance(S))).forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 5));
  });
});

describe('a covariance that moves', () => {
  const rows = 5;
  /** The precision of layer 1 after an update, where Newton–Schulz steps give `followed`; and what is exact. */
  async function afterUpdate(followed: { factor: number; residual: number }) {
    const model = await smallModel('gncn-pdh', { optimizer: 'sgd', precisionRate: 0.5 });
    const x = binaryImages(rows, 12);
    const settled = await settle(plainly(model), x);
    const changes = synapticChanges(model.parameters, await settled.read(), learningSetting(model));
    const exact = await exactPrecision(
      sgdStep(model.synapses.get('Sigma1'), changes.get('Sigma1')!, 0.5),
      'inverse',
    );
    const { factor, residual } = followed;
    await applyChanges(model, changes, rows, (of, l) =>
      Promise.resolve({ precision: tf.mul(of.precision(l)!, factor), residual }),
    );
    const [got, want] = [await read(model.precision(1)!), await read(exact.precision)];
    settled.dispose();
    model.dispose();
    return { got, want };
  }
  const gap = ({ got, want }: { got: number[]; want: number[] }) =>
    Math.max(...got.map((value, i) => Math.abs(value - want[i]!)));

  test('takes what Newton–Schulz gives where that is near enough', async () => {
    expect(gap(await afterUpdate({ factor: 3, residual: 1e-4 }))).toBeGreaterThan(1);
  });

  test.each([1.1e-4, 1, Infinity, NaN])(
    'is inverted exactly where a residual of %f is left',
    async (residual) => {
      expect(gap(await afterUpdate({ factor: 3, residual }))).toBeLessThan(1e-5);
    },
  );
});

test('error synapses see what generative ones see, at a rate of their own', async () => {
  const model = await smallModel('gncn-pdh', { errorRate: 0.4 });
  const x = binaryImages(5, 12);
  const settled = await settle(plainly(model), x);
  const changes = synapticChanges(model.parameters, await settled.read(), learningSetting(model));
  for (let l = 1; l <= 3; l++) {
    const want = await read(tf.mul(tf.transpose(changes.get(`W${l}`)!), 0.4));
    (await read(changes.get(`E${l}`)!)).forEach((v, i) => expect(v).toBeCloseTo(want[i]!, 6));
  }
  settled.dispose();
  model.dispose();
});

describe('optimizers', () => {
  test('Adam follows its published recurrence for three steps', async () => {
    const deltas = [0.3, -0.2, 0.05];
    let theta = tf.tensor2d([[1]]);
    let moments: { m: tf.Tensor2D; v: tf.Tensor2D } | undefined;
    let [want, m, v] = [1, 0, 0];
    for (const [i, delta] of deltas.entries()) {
      const next = adamStep(theta, tf.tensor2d([[delta]]), 0.01, moments, i + 1);
      theta = next.theta;
      moments = next;
      m = 0.9 * m + 0.1 * delta;
      v = 0.999 * v + 0.001 * delta * delta;
      want += (0.01 * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-7);
      expect((await read(theta))[0]).toBeCloseTo(want, 5);
    }
  });

  test('the learning rate halves every half-life', () => {
    const halving = { learningRate: 2, rateHalfLife: 1000 };
    expect([0, 1000, 3000].map((seen) => learningRateAt(halving, seen))).toEqual([2, 1, 0.25]);
    expect(learningRateAt({ learningRate: 2, rateHalfLife: 0 }, 1e6)).toBe(2);
  });
});

describe('a network that learns synthetic digits', () => {
  const finish = (steps: Generator<number, Split>): Split => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  };
  const train = finish(drawDigits(1, 600));
  const test600 = finish(drawDigits(1, 100, 'test'));
  const settings = {
    sizes: [784, 48, 48],
    optimizer: 'sgd',
    learningRate: 0.5,
    steps: 30,
    batch: 50,
  };

  test.each(['gncn-t1-sigma', 'gncn-pdh'] as const)(
    '%s: BCE at least halves, and −ψ falls while a trained network settles',
    async (variant) => {
      const model = await Model.create(parseConfig({ ...settings, variant }), 1);
      const image = new NgcImageModel(model, opByOp);
      const before = await measureReconstruction(image, imagesOf(test600));
      const trainer = new Trainer(image, train, 1);
      for (let i = 0; i < 24; i++) await trainer.step();
      const after = await measureReconstruction(image, imagesOf(test600));
      expect(after.bce).toBeLessThan(before.bce / 2);

      const surprise: number[] = [];
      for (const steps of [1, 10, 30]) {
        model.config = { ...model.config, steps };
        surprise.push(-(await measureReconstruction(image, imagesOf(test600))).discrepancy);
      }
      expect(surprise[1]).toBeLessThan(surprise[0]!);
      expect(surprise[2]).toBeLessThan(surprise[1]!);
      model.dispose();
    },
  );

  test('numbers that stop being finite are a sentence, and the synapses stay as they were', async () => {
    const model = await Model.create(
      parseConfig({
        ...settings,
        variant: 'gncn-t1',
        activation: 'identity',
        beta: 1,
        steps: 100,
        weightScale: 1,
      }),
      1,
    );
    const trainer = new Trainer(new NgcImageModel(model, opByOp), train, 1);
    await expect(trainer.step()).rejects.toThrow(/diverged after 0 images/);
    expect(await model.isFinite()).toBe(true);
    model.dispose();
  });
});
