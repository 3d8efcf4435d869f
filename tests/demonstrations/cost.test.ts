import { expect, test } from 'vitest';

import { cost } from '../../src/demonstrations/cost.ts';
import type { CostRow } from '../../src/exhibits/list/cost.ts';
import { cost as description } from '../../src/exhibits/list/cost.ts';
import { begunAs } from '../helpers/demonstrated.ts';

const [CLASSIFIER, COMPRESSOR, DEEP] = description.trials.map(({ values }) => values);
const millions = ({ predict, feedback, change }: CostRow) => (predict + feedback + change) / 1e6;
const billOf = async (values = CLASSIFIER) => (await begunAs('cost', cost, values)).frame();

test('the classifier of Table 1 costs what was counted by hand', async () => {
  const { shown } = await billOf();
  expect(shown.sizes).toEqual([784, 128, 128, 128, 10]);
  expect(shown.rows.map((row) => millions(row).toFixed(2))).toEqual(['0.61', '1.69', '5.11']);
  // 384 states, as Table 1 says, and as many errors.
  expect(shown.kept.coding).toBe(2 * 384);
  expect(shown.stages).toEqual({ coding: 16, backprop: 8 });
});

test('the compressor of Table 1 has half the synapses, and its 138 million count an encoder too', async () => {
  const { shown } = await billOf(COMPRESSOR);
  expect(shown.twin).toEqual([784, 384, 64, 384, 784]);
  const said = Object.fromEntries(shown.rows.map((row) => [row.id, millions(row).toFixed(1)]));
  expect(said).toEqual({ backprop: '3.3', needed: '46.9', counted: '69.0', profiled: '138.1' });
  expect(shown.parameters).toEqual({ coding: 326_800, backprop: 652_880 });
  expect(shown.kept.coding).toBe(2 * 448);
});

test('the main number is how many times as much predictive coding needs', async () => {
  const { metric, shown } = await billOf(DEEP);
  const [backprop, needed] = shown.rows;
  expect(metric).toBeCloseTo(millions(needed!) / millions(backprop!), 10);
  expect(shown.stages).toEqual({ coding: 26, backprop: 26 });
});
