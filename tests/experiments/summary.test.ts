import { expect, test } from 'vitest';

import { BCE, BEST_MMSE, LOG_P_PRINTED } from '../../src/experiments/quantities.ts';
import type { CellResult } from '../../src/experiments/result.ts';
import { spreadOf } from '../../src/experiments/spread.ts';
import { resultsAt, summarise, valueOf } from '../../src/experiments/summary.ts';

const result = (seed: number, numbers: Record<string, number>, rest: Partial<CellResult> = {}): CellResult => ({ // prettier-ignore
  ...{ format: 'ngc-lab-result', version: 1, experiment: 'table-1', key: `rae.mnist.s${seed}` },
  ...{ row: 'rae', dataset: 'mnist', point: null, seed, state: 'done', reason: null },
  ...{ training: null, settings: null, numbers, words: {}, curve: null, arrays: {}, model: null },
  origin: { command: '', budget: 'quick', machine: '', backend: 'wasm', date: '', training: 0, measuring: 0 },
  ...rest,
} as const); // prettier-ignore

test('mean and deviation over seeds: 2, 4, 9 have 5 and √13', () => {
  expect(spreadOf([2, 4, 9])).toEqual({ mean: 5, deviation: Math.sqrt(13), seeds: 3 });
  expect(spreadOf([7])).toEqual({ mean: 7, deviation: null, seeds: 1 });
  expect(spreadOf([])).toBeNull();
});

test('diverged cells, other rows, sets and points do not count', () => {
  const results = [
    result(2, { bce: 4 }),
    result(1, { bce: 2 }),
    result(3, { bce: 1000 }, { state: 'diverged' }),
    result(1, { bce: 500 }, { row: 'gvae' }),
    result(1, { bce: 600 }, { dataset: 'kmnist' }),
    result(1, { bce: 700 }, { point: 100 }),
  ];
  const place = { row: 'rae', dataset: 'mnist', point: null } as const;
  expect(summarise(results, place, BCE)).toEqual({ mean: 3, deviation: Math.SQRT2, seeds: 2 });
  expect(resultsAt(results, place).map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(summarise(results, { ...place, point: 100 }, BCE)?.mean).toBe(700);
});

test('the best of several rules is the smallest error; what was not measured is null', () => {
  const measured = result(1, {
    'mmse.once': 48,
    'mmse.inferred': 31,
    'mmse.iterated': 52,
    logpx: -120,
  });
  expect(valueOf(measured, BEST_MMSE)).toBe(31);
  expect(valueOf(measured, BCE)).toBeNull();
  expect(valueOf(measured, LOG_P_PRINTED)).toBeCloseTo(-120 + 17.0344, 3);
});
