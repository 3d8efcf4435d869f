import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { depth as program } from '../../src/demonstrations/depth.ts';
import { depth } from '../../src/exhibits/list/depth.ts';
import { completed } from '../../src/exhibits/values.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginningOf, run } from './beginnings.ts';

beforeAll(() => useBackend('wasm'));

/** log₁₀ F_1/F_L when a network of `layers` has made as many steps. */
async function arrived(
  layers: number,
  values: Record<string, string | number> = {},
): Promise<number | null> {
  const demonstration = await program(beginningOf(depth, { layers, ...values }));
  await run(demonstration, layers);
  const { metric } = demonstration.frame();
  demonstration.close();
  return metric;
}

test('after t steps F_l is exactly 0 for l < L − t, and not before', async () => {
  const demonstration = await program(beginningOf(depth, { layers: 6 }));
  await run(demonstration, 6);
  const { energies, layers } = demonstration.frame().shown;
  for (let t = 0; t <= 6; t++)
    for (let l = 1; l <= layers; l++)
      expect(energies[t * layers + l - 1]! > 0, `F_${l} after ${t} steps`).toBe(l >= layers - t);
  demonstration.close();
});

test('what arrives falls with depth by orders; a larger rate, a sweep and spiking bring more', async () => {
  const [five, ten] = [await arrived(5), await arrived(10)];
  // 8e-7 and 2e-17 were seen with MNIST: the order of things is that of the network, not of its images.
  expect(five!).toBeGreaterThan(-7.5);
  expect(five!).toBeLessThan(-5);
  expect(ten!).toBeGreaterThan(-18.5);
  expect(ten!).toBeLessThan(-15);
  expect(await arrived(10, { rate: 0.3 })).toBeGreaterThan(ten! + 5);
  expect(await arrived(10, { remedy: 'sweep' })).toBeGreaterThan(ten! + 4);
  expect(await arrived(10, { remedy: 'spiking', rate: 0.3 })).toBeGreaterThan(ten! + 5);
}, 30_000);

test('twenty layers leave nothing that a 32-bit number holds', async () => {
  const demonstration = await program(beginningOf(depth, { layers: 20 }));
  await run(demonstration, 20);
  const { metric, says } = demonstration.frame();
  expect(metric === null || metric < -35).toBe(true);
  if (metric === null) expect(says).toContain('32-bit');
  demonstration.close();
}, 30_000);

test('a rate beyond the bound is shown and stopped before any NaN; moving a control begins anew', async () => {
  const demonstration = await program(beginningOf(depth, { layers: 4, rate: 1 }));
  const { bound } = demonstration.frame().shown;
  expect(bound).toBeLessThan(1);
  await run(demonstration, 60);
  const { isTrouble, ended, shown } = demonstration.frame();
  expect({ isTrouble, ended }).toEqual({ isTrouble: true, ended: true });
  expect(shown.energies.every(Number.isFinite)).toBe(true);
  await demonstration.change(completed(depth.controls, { layers: 4, rate: 0.8 * bound }));
  expect(demonstration.frame()).toMatchObject({ step: 0, isTrouble: false });
  await run(demonstration, 60);
  expect(demonstration.frame()).toMatchObject({ step: 60, isTrouble: false, ended: true });
  demonstration.close();
});

test('the same seed gives the same run; closing frees every tensor', async () => {
  const tensors = tf.memory().numTensors;
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await program(beginningOf(depth, { layers: 5 }));
    await run(demonstration, 8);
    runs.push(demonstration.frame());
    demonstration.close();
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(tf.memory().numTensors).toBe(tensors);
});
