import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Variant } from '../../src/ngc/config/variants.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { STATE_TERMS } from '../../src/ngc/equations/states.ts';
import { actingSteering } from '../../src/ngc/steering.ts';
import { generativeSynapses } from '../../src/ngc/wiring.ts';
import { receptiveField, receptiveFields } from '../../src/ngc/fields.ts';
import type { Lesions } from '../../src/ngc/lesions.ts';
import { checkLesions } from '../../src/ngc/lesions.ts';
import type { Model } from '../../src/ngc/model.ts';
import { OpByOpSettling } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallConfig, smallModel } from '../helpers/models.ts';
import type { NaiveNow } from '../helpers/naive.ts';
import { INTACT, naiveNetwork } from '../helpers/naive.ts';

const read = async (t: tf.Tensor) => [...(await t.data())];
/** Strong enough that every term matters. */
const STRONG = { leak: 0.2, laplace: 0.03, beta: 0.15, groups: [3, 3, 4], selfExcitation: 0.3, lateralInhibition: 0.4 }; // prettier-ignore

let held: number;
beforeEach(async () => {
  await useBackend('cpu');
  held = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(held));

/** Every number of an episode of one image is the slow implementation's. */
async function expectNow(settling: OpByOpSettling, model: Model, now: NaiveNow): Promise<void> {
  const close = async (tensor: tf.Tensor | null, expected: number[]) => {
    const values = tensor ? await read(tensor) : expected.map(() => 0);
    values.forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 4));
  };
  const { z, phiZ, mu, e } = settling.activity;
  for (let l = 0; l <= model.layers; l++) {
    await close(z[l]!, now.z[l]!);
    await close(phiZ[l]!, now.phi[l]!);
    if (l < model.layers) {
      await close(mu[l]!, now.mu[l]!);
      await close(e[l]!, now.e[l]!);
    }
  }
  for (const [i, terms] of (await settling.terms()).entries())
    for (const name of STATE_TERMS) {
      await close(terms[name], now.terms[i + 1]!.map((t) => t[name])); // prettier-ignore
      terms[name]?.dispose();
    }
}

const CASES: readonly [string, Partial<Lesions>][] = [
  ['nothing', {}],
  ['lateral', { lateral: true }],
  ['precision', { precision: true }],
  ['errorSynapses', { errorSynapses: true }],
  ['leak', { leak: true }],
  ['topDown', { topDown: true }],
  ['a layer', { layers: [2] }],
  ['units', { units: [{ layer: 1, index: 4 }, { layer: 3, index: 0 }] }], // prettier-ignore
  ['several', { lateral: true, topDown: true, units: [{ layer: 2, index: 1 }] }],
];

describe.each(VARIANTS)('%s with a lesion', (variant: Variant) => {
  test.each(CASES)('of %s settles as the equations say, from the start', async (_, change) => {
    const model = await smallModel(variant, STRONG);
    const naive = await naiveNetwork(model);
    const lesions = { ...INTACT, ...change };
    const x = binaryImages(1, 12);
    const settling = new OpByOpSettling(model, x, { lesions });
    let now = naive.now([await read(x), ...model.config.sizes.slice(1).map((n) => new Array<number>(n).fill(0))], lesions); // prettier-ignore
    for (let step = 0; step < 6; step++) {
      await expectNow(settling, model, now);
      settling.step();
      now = naive.now(naive.step(now), lesions);
    }
    settling.dispose();
    model.dispose();
    x.dispose();
  });

  test('in the middle, and healed again: the states carry on', async () => {
    const model = await smallModel(variant, STRONG);
    const naive = await naiveNetwork(model);
    const x = binaryImages(1, 12);
    const settling = new OpByOpSettling(model, x);
    for (let i = 0; i < 5; i++) settling.step();
    const cut = { ...INTACT, lateral: true, errorSynapses: true, units: [{ layer: 1, index: 2 }] };
    let now = naive.now(await Promise.all(settling.activity.z.map(read)), cut);
    await settling.lesion(cut);
    await expectNow(settling, model, now);
    settling.step();
    now = naive.now(naive.step(now), cut);
    await expectNow(settling, model, now);
    await settling.lesion(null);
    now = naive.now(now.z, INTACT);
    await expectNow(settling, model, now);
    settling.step();
    await expectNow(settling, model, naive.now(naive.step(now), INTACT));
    expect(settling.steps).toBe(7);
    settling.dispose();
    model.dispose();
    x.dispose();
  });
});

test.each(['groups', 'band'] as const)(
  'changed levers act from the next step on, lateral strengths (%s) included',
  async (lateral) => {
    const model = await smallModel('gncn-pdh', { ...STRONG, lateral });
    const x = binaryImages(1, 12);
    const settling = new OpByOpSettling(model, x);
    for (let i = 0; i < 5; i++) settling.step();
    const states = await Promise.all(settling.activity.z.map(read));
    const levers = { beta: 0.3, leak: 0.5, laplace: 0.1, lateralInhibition: 1, selfExcitation: 0 };
    model.config = { ...model.config, ...levers };
    const naive = await naiveNetwork(model);
    settling.step();
    await expectNow(settling, model, naive.now(naive.step(naive.now(states, INTACT)), INTACT));
    settling.dispose();
    model.dispose();
    x.dispose();
  },
);

describe('an enduring episode', () => {
  const config = smallConfig('gncn-pdh', { leak: 0.01, selfExcitation: 0.3 });
  test.each([
    ['leaks more than it excites itself', config, null, 0.35],
    ['keeps a stronger leak', { ...config, leak: 0.5 }, null, 0.5],
    ['leaks a little where nobody excites itself', { ...config, lateral: 'none' }, null, 0.05],
    ['or where that is cut', config, { ...INTACT, lateral: true }, 0.05],
    ['does not where its leak is cut', config, { ...INTACT, leak: true }, 0],
  ] as const)('%s', (_, settings, lesions, expected) => {
    expect(actingSteering(settings, { lesions, enduring: true }).leak).toBeCloseTo(expected, 9);
    const usual = lesions?.leak ? 0 : settings.leak;
    expect(actingSteering(settings, { lesions, enduring: false }).leak).toBe(usual);
  });

  test('settles as one with that leak does', async () => {
    const x = binaryImages(1, 12);
    const states = async (leak: number, enduring: boolean) => {
      const model = await smallModel('gncn-pdh', { leak, selfExcitation: 0.3 });
      const settling = new OpByOpSettling(model, x, { enduring });
      for (let i = 0; i < 8; i++) settling.step();
      const values = await Promise.all(settling.activity.z.map(read));
      settling.dispose();
      model.dispose();
      return values;
    };
    expect(await states(0.01, true)).toEqual(await states(0.3 + 0.05, false));
    x.dispose();
  });
});

test('another image takes the input’s place: states stay, what was imagined stays while it is hidden', async () => {
  const model = await smallModel('gncn-pdh');
  const first = tf.tensor2d([1, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1], [1, 12]);
  const second = binaryImages(1, 12, 4);
  const hide = (...pixels: number[]) =>
    tf.tensor2d(
      Float32Array.from({ length: 12 }, (_, i) => (pixels.includes(i) ? 0 : 1)),
      [1, 12],
    );
  const [before, after] = [hide(0, 1, 2), hide(1, 2, 3)];
  const settling = new OpByOpSettling(model, first, { mask: before });
  for (let i = 0; i < 5; i++) settling.step();
  const z = await Promise.all(settling.activity.z.map(read));
  await settling.perceive(second, after);
  const seen = await read(second);
  const x = await read(settling.activity.z[0]!);
  expect(x).toEqual(seen.map((v, i) => (i === 1 || i === 2 ? z[0]![i] : i === 3 ? 0 : v)));
  expect(z[0]![1]).toBeGreaterThan(0);
  expect(await read(settling.activity.z[2]!)).toEqual(z[2]);
  const e0 = await read(settling.activity.e[0]!);
  (await read(settling.activity.mu[0]!)).forEach((m, i) => expect(e0[i]).toBeCloseTo(x[i]! - m, 5));
  settling.step();
  expect((await read(settling.activity.z[0]!))[0]).toBe(seen[0]); // seen now: it stays
  await settling.perceive(first, null);
  expect(await read(settling.activity.z[0]!)).toEqual(await read(first));
  settling.dispose();
  model.dispose();
  tf.dispose([first, second, before, after]);
});

test('lesions of what is not there are refused in a sentence', () => {
  const sizes = [12, 6, 6];
  expect(() => checkLesions(sizes, { ...INTACT, layers: [3] })).toThrow(/no layer 3 .* 1 to 2/);
  expect(() => checkLesions(sizes, { ...INTACT, layers: [0] })).toThrow(/no layer 0/);
  expect(() => checkLesions(sizes, { ...INTACT, units: [{ layer: 2, index: 6 }] })).toThrow(
    /no neuron 6 .* layer 2; its neurons are 0 to 5/,
  );
  checkLesions(sizes, { ...INTACT, layers: [2], units: [{ layer: 1, index: 5 }] });
});

test.each(['gncn-t1', 'gncn-pdh'] as const)(
  '%s: the field of one neuron is its row of all',
  async (variant) => {
    const model = await smallModel(variant);
    for (const [layer, index] of [
      [1, 0],
      [2, 5],
      [3, 7],
    ] as const) {
      // prettier-ignore
      const all = receptiveFields(generativeSynapses(model), layer);
      const one = receptiveField(generativeSynapses(model), layer, index);
      const expected = (await read(all)).slice(index * 12, (index + 1) * 12);
      (await read(one)).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
      tf.dispose([all, one]);
    }
    model.dispose();
  },
);
