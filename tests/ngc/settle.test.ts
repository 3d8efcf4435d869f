import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { lateralMatrix, lateralSynapses } from '../../src/ngc/equations/lateral.ts';
import { Model } from '../../src/ngc/model.ts';
import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import { settle } from '../../src/ngc/settle.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { binaryImages, plainly, randomMatrix, smallModel } from '../helpers/models.ts';

const read = async (t: tf.Tensor) => [...(await t.data())];

describe.each(BACKENDS)('settling on %s', (backend) => {
  test.each(VARIANTS)(
    '%s: many steps and updates hold no more tensors than the first',
    async (variant) => {
      await useBackend(backend);
      const start = tf.memory().numTensors;
      const model = await smallModel(variant, { optimizer: 'adam' });
      const x = binaryImages(5, 12);
      const episode = async () => {
        const settling = await settle(plainly(model), x);
        await settling.learn();
        settling.dispose();
      };
      await episode(); // the first update makes the optimizer's moments
      const after = tf.memory();
      for (let i = 0; i < 5; i++) await episode();
      expect(tf.memory().numTensors).toBe(after.numTensors);
      expect(tf.memory().numBytes).toBe(after.numBytes);
      model.dispose();
      x.dispose();
      expect(tf.memory().numTensors).toBe(start);
    },
  );

  test.each([1, 2, 4])('a PDH model of %i layers settles and learns', async (layers) => {
    await useBackend(backend);
    const sizes = [12, ...Array.from({ length: layers }, () => 6)];
    const model = await Model.create(parseConfig({ variant: 'gncn-pdh', sizes, steps: 5 }), 1);
    const x = binaryImages(3, 12);
    const settling = await settle(plainly(model), x);
    await settling.learn();
    expect(await model.isFinite()).toBe(true);
    const { z, e } = await settling.read();
    expect(z).toHaveLength(layers + 1);
    expect(e).toHaveLength(layers);
    settling.dispose();
    model.dispose();
    x.dispose();
  });

  test.each(['sign', 'heaviside'] as const)(
    'type 2 learns with %s, which has no derivative',
    async (activation) => {
      await useBackend(backend);
      const model = await smallModel('gncn-t2-lsigma', { activation });
      const before = await read(model.W(1));
      const x = binaryImages(4, 12);
      const settling = await settle(plainly(model), x);
      await settling.learn();
      expect(await read(model.W(1))).not.toEqual(before);
      expect(await model.isFinite()).toBe(true);
      settling.dispose();
      model.dispose();
      x.dispose();
    },
  );

  test('column competition without its matrix equals φ·V', async () => {
    await useBackend(backend);
    const model = await smallModel('gncn-pdh', { groups: [3, 2, 4] });
    const phi = randomMatrix(4, 6);
    const quick = lateralSynapses(model.config, 1, null)!;
    const V = tf.tensor2d(lateralMatrix(model.config, 1), [6, 6]);
    const expected = await read(tf.matMul(phi, V));
    (await read(quick.input(phi))).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
    model.dispose();
  });
});

describe('completion (Eq. 19)', () => {
  test('what is seen stays to the bit; what is hidden starts empty and follows its prediction', async () => {
    await useBackend('wasm');
    const model = await smallModel('gncn-pdh');
    const x = binaryImages(3, 12);
    const mask = tf.tensor2d(
      Float32Array.from({ length: 36 }, (_, i) => (i % 12 < 6 ? 1 : 0)),
      [3, 12],
    );
    const given = await read(x);
    const seen = await read(mask);
    const settling = new OpByOpSettling(model, x, { mask });
    const first = await read(settling.activity.z[0]!);
    first.forEach((v, i) => expect(v).toBe(seen[i] ? given[i] : 0));
    const { beta } = model.config;
    for (let step = 0; step < 8; step++) {
      const before = await read(settling.activity.z[0]!);
      const mu0 = await read(settling.activity.mu[0]!);
      settling.step();
      (await read(settling.activity.z[0]!)).forEach((v, i) => {
        if (seen[i]) expect(v).toBe(given[i]);
        else expect(v).toBeCloseTo(before[i]! - beta * (before[i]! - mu0[i]!), 5);
      });
    }
    settling.dispose();
    model.dispose();
    tf.dispose([x, mask]);
  });
});

describe('lateral patterns', () => {
  test('groups: inhibition inside a column, self-excitation on the diagonal, nothing else', () => {
    const config = parseConfig({
      variant: 'gncn-pdh',
      sizes: [12, 6, 6, 8],
      groups: [3, 3, 4],
      selfExcitation: 0.25,
      lateralInhibition: 0.5,
    });
    const V = lateralMatrix(config, 1);
    for (let i = 0; i < 6; i++)
      for (let j = 0; j < 6; j++)
        expect(V[i * 6 + j]).toBe(
          i === j ? -0.25 : Math.floor(i / 3) === Math.floor(j / 3) ? 0.5 : 0,
        );
  });

  test('band: neighbours nearer than the group size compete', () => {
    const config = parseConfig({
      variant: 'gncn-pdh',
      sizes: [12, 6, 6, 8],
      lateral: 'band',
      groups: [2, 2, 2],
      selfExcitation: 0.25,
      lateralInhibition: 0.5,
    });
    expect([...lateralMatrix(config, 1).slice(6, 12)]).toEqual([0.5, -0.25, 0.5, 0, 0, 0]);
  });

  test('a matrix of the user’s own is what settles: the columns as a matrix give the same states', async () => {
    await useBackend('cpu');
    const columns = await smallModel('gncn-pdh', { groups: [3, 3, 4] });
    const arrays = new Map<string, FloatArray>(await columns.toArrays());
    for (let l = 1; l <= 3; l++) {
      const size = columns.config.sizes[l]!;
      arrays.set(`V${l}`, { shape: [size, size], data: lateralMatrix(columns.config, l) });
    }
    const own = await Model.fromArrays({ ...columns.config, lateral: 'matrix' }, arrays);
    const x = binaryImages(3, 12);
    const a = await settle(plainly(columns), x);
    const b = await settle(plainly(own), x);
    const expected = await read((await a.read()).z[3]!);
    (await read((await b.read()).z[3]!)).forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 5));
    tf.dispose(x);
    for (const thing of [a, b, columns, own]) thing.dispose();
  });

  test.each(['gncn-t2-lsigma', 'gncn-pdh'] as Variant[])(
    '%s: competition lowers the share of active neurons',
    async (variant) => {
      await useBackend('wasm');
      const share = async (lateralInhibition: number) => {
        const model = await smallModel(variant, {
          sizes: [12, 24, 24],
          groups: [12, 12],
          steps: 40,
          lateralInhibition,
        });
        const x = binaryImages(20, 12);
        const settled = await settle(plainly(model), x);
        const { phiZ } = await settled.read();
        const active = tf.mean(tf.cast(tf.greater(phiZ[1]!, 1e-6), 'float32'));
        const [value = NaN] = await active.data();
        tf.dispose([x, active]);
        settled.dispose();
        model.dispose();
        return value;
      };
      expect(await share(0.5)).toBeLessThan((await share(0)) - 0.1);
    },
  );
});
