import { expect, test } from 'vitest';

import { auroc } from '../../src/engine/measures/auroc.ts';
import {
  backpropLedger,
  backpropOperations,
  parametersOf,
  predictiveLedger,
  predictiveOperations,
  synapsesOf,
  tabledOperations,
} from '../../src/predictive/network/costs.ts';
import { measureRecall } from '../../src/engine/measures/recall.ts';

const CLASSIFIER = [784, 128, 128, 128, 10];
const FOLDED = [64, 384, 784];
const AUTOENCODER = [784, 384, 64, 384, 784];

test('operations are those of the tutorial’s Table 1, and what was measured beside it', () => {
  const millions = (operations: number) => Number((operations / 1e6).toFixed(2));
  expect(synapsesOf(CLASSIFIER)).toBe(134_400);
  expect(millions(backpropOperations(CLASSIFIER))).toBe(0.61);
  const counted = { sizes: CLASSIFIER, steps: 8, held: 'both' } as const;
  expect(millions(predictiveOperations(counted))).toBe(1.69);
  expect(millions(tabledOperations(counted))).toBe(5.11);
  const folded = { sizes: FOLDED, steps: 35, held: 'output' } as const;
  expect(millions(backpropOperations(AUTOENCODER))).toBe(3.31);
  expect(millions(predictiveOperations(folded))).toBe(46.89);
  expect(millions(tabledOperations(folded))).toBe(69.03);
});

test('a folded network has half the numbers of an encoder with its decoder', () => {
  expect(parametersOf(FOLDED)).toBe(326_800);
  expect(parametersOf(AUTOENCODER)).toBe(652_880);
});

test('what is kept, waited for and known', () => {
  expect(backpropLedger([5, 4, 3, 2])).toEqual({ kept: 9, stages: 6, reach: [2, 1, 0] });
  const counted = { sizes: [5, 4, 3, 2], steps: 8 };
  expect(predictiveLedger({ ...counted, held: 'both' })).toEqual({ kept: 14, stages: 16, reach: [1, 1, 1] }); // prettier-ignore
  expect(predictiveLedger({ ...counted, held: 'output' }).kept).toBe(24);
});

test('AUROC is the share of pairs in which the stranger scores higher, ties half', () => {
  const [known, strange] = [
    [1, 3, 3, 7, 2],
    [3, 8, 2, 2],
  ];
  let pairs = 0;
  for (const s of strange) for (const k of known) pairs += s > k ? 1 : s === k ? 0.5 : 0;
  expect(auroc(known, strange)).toBeCloseTo(pairs / 20, 12);
  expect(auroc([1, 2], [3, 4])).toBe(1);
  expect(auroc([3, 4], [1, 2])).toBe(0);
  expect(auroc([1, 1], [1])).toBe(0.5);
  expect(auroc([1, NaN], [2])).toBeNaN();
  expect(auroc([], [2])).toBeNaN();
});

test('recall: error, the nearest stored image, and what is close', () => {
  const stored = Float32Array.of(0, 0, 1, 1, 0, 1);
  const recalled = Float32Array.of(0.05, 0, 0.1, 0.9, 0, 1);
  // The second comes nearest to the third.
  const { mse, right, close } = measureRecall(recalled, stored, 2);
  expect(mse).toBeCloseTo((0.00125 + 0.41 + 0) / 3, 6);
  expect(right).toBeCloseTo(2 / 3, 12);
  expect(close).toBeCloseTo(2 / 3, 12);
});
