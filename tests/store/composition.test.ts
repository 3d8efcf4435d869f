import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import { compose, matricesFor } from '../../src/store/composition.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';

/** A settled image: what the engine predicts, the activities, and the matrices as the page gets them. */
async function settled(variant: 'gncn-pdh' | 'gncn-t1') {
  await useBackend('cpu');
  const model = await smallModel(variant, { weightScale: 0.6 });
  const x = binaryImages(1, 12);
  const settling = new OpByOpSettling(model, x);
  for (let i = 0; i < 10; i++) settling.step();
  const { phiZ, mu } = settling.activity;
  const activity = await Promise.all(phiZ.slice(1).map(async (t) => Float32Array.from(await t.data()))); // prettier-ignore
  const prediction = [...(await mu[0]!.data())];
  const matrices = new Map<string, { rows: number; columns: number; values: Float32Array }>();
  for (const name of matricesFor(3, model.definition.auxiliary)) {
    const { shape } = model.synapses.get(name);
    const values = Float32Array.from(await model.synapses.get(name).data());
    matrices.set(name, { rows: shape[0], columns: shape[1], values });
  }
  settling.dispose();
  model.dispose();
  tf.dispose(x);
  return { activity, matrices, prediction };
}

const sigmoid = (h: number) => 1 / (1 + Math.exp(-h));

test('the matrices a composition needs', () => {
  expect(matricesFor(3, true)).toEqual(['W1', 'W2', 'W3', 'M2', 'M3']);
  expect(matricesFor(2, false)).toEqual(['W1', 'W2']);
});

describe.each(['gncn-pdh', 'gncn-t1'] as const)('the composition of %s', (variant) => {
  test('all parts together are what the engine predicts, however many are told apart', async () => {
    const { activity, matrices, prediction } = await settled(variant);
    for (const most of [0, 2, 30]) {
      const { whole, parts, far } = compose(activity, matrices, most)!;
      whole.forEach((p, i) => expect(p).toBeCloseTo(prediction[i]!, 5));
      expect(parts.length).toBeLessThanOrEqual(most);
      expect(far === null).toBe(variant === 'gncn-t1');
    }
  });

  test('parts are ordered by what they draw; each picture adds one field to the one before', async () => {
    const { activity, matrices } = await settled(variant);
    const { parts } = compose(activity, matrices, 4)!;
    const W1 = matrices.get('W1')!;
    const h = new Array<number>(12).fill(0);
    const strengths = Array.from(activity[0]!, (phi, k) => Math.abs(phi) * Math.hypot(...W1.values.subarray(k * 12, k * 12 + 12))); // prettier-ignore
    const order = strengths.toSorted((a, b) => b - a);
    expect(parts.length).toBeGreaterThan(1);
    parts.forEach((part, rank) => {
      expect(part.strength).toBeCloseTo(order[rank]!, 5);
      expect(part.strength).toBeCloseTo(strengths[part.index]!, 5);
      for (let i = 0; i < 12; i++) {
        const added = activity[0]![part.index]! * W1.values[part.index * 12 + i]!;
        expect(part.field[i]).toBeCloseTo(added, 5);
        h[i]! += added;
        expect(part.running[i]).toBeCloseTo(sigmoid(h[i]!), 5);
      }
    });
  });

  test('causes are the largest contributions from above, through W and M, up to the top', async () => {
    const { activity, matrices } = await settled(variant);
    const { parts } = compose(activity, matrices, 1, 50)!;
    const [{ index, causes }] = parts as [(typeof parts)[0]];
    const at = (name: string, i: number, j: number) => {
      const matrix = matrices.get(name);
      return matrix ? matrix.values[i * matrix.columns + j]! : 0;
    };
    const sum = (all: typeof causes) => all.reduce((total, { strength }) => total + strength, 0);
    const h1 = Array.from(activity[1]!, (phi, j) => phi * at('W2', j, index));
    const far = Array.from(activity[2]!, (phi, i) => phi * at('M3', i, index));
    expect(sum(causes)).toBeCloseTo(
      [...h1, ...far].reduce((a, b) => a + b, 0),
      5,
    );
    expect(causes.map(({ strength }) => Math.abs(strength))).toEqual(causes.map(({ strength }) => Math.abs(strength)).sort((a, b) => b - a)); // prettier-ignore
    expect(new Set(causes.map(({ through }) => through))).toEqual(new Set(variant === 'gncn-pdh' ? ['W2', 'M3'] : ['W2'])); // prettier-ignore
    const second = causes.find(({ through }) => through === 'W2')!;
    expect(second.strength).toBeCloseTo(h1[second.index]!, 6);
    for (const { layer, index: i, strength } of second.causes) {
      expect(layer).toBe(3);
      expect(strength).toBeCloseTo(activity[2]![i]! * at('W3', i, second.index), 6);
    }
    expect(causes.find(({ layer }) => layer === 3)?.causes ?? []).toEqual([]);
  });
});

test('without W1, or with another network’s, there is none', () => {
  const W1 = { rows: 3, columns: 4, values: new Float32Array(12) };
  expect(compose([new Float32Array(3)], new Map(), 5)).toBeNull();
  expect(compose([new Float32Array(2)], new Map([['W1', W1]]), 5)).toBeNull();
});
