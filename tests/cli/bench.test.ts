import { expect, test } from 'vitest';

import type { ScalingSeries } from '../../src/runtime/bench/scaling.ts';
import { BENCH_CONFIG } from '../../src/runtime/bench/trial.ts';
import { stepOperations, stepProducts } from '../../src/runtime/bench/work.ts';
import { ngc } from './helpers.ts';

/** A bench's result as JSON tells it. */
interface Told {
  readonly results: readonly {
    readonly way: string;
    readonly bare: boolean;
    readonly rows: number;
    readonly step: { readonly median: number; readonly low: number; readonly high: number };
    readonly gflops: number;
    readonly ceiling: number;
    readonly batch: { readonly median: number } | null;
    readonly imagesPerSecond: number | null;
  }[];
}

test('a step of the paper’s PDH is 1.77 million multiply-adds an image', () => {
  // W: 784·360 + 2·360², E the same, M: 360·784 + 360², P: 2·360² (counted by hand).
  expect(stepOperations(BENCH_CONFIG, 1)).toBe(2 * (3 * 784 * 360 + 7 * 360 * 360));
  expect(stepOperations(BENCH_CONFIG, 200)).toBe(200 * stepOperations(BENCH_CONFIG, 1));
  expect(stepProducts(BENCH_CONFIG, 5)).toHaveLength(10);
});

test('bench times every way on a backend, and its numbers hang together', async () => {
  const { status, stdout, stderr } = await ngc('bench', '--backend', 'wasm', '--rows', '2', '--json'); // prettier-ignore
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { results } = JSON.parse(stdout) as Told;
  expect(results.map(({ bare }) => bare)).toContain(true);
  const ways = results.map(({ way }) => way);
  expect(ways).toContain('op by op');
  expect(ways).toContain('own kernels');
  const fastest = Math.min(...results.filter(({ bare }) => bare).map(({ step }) => step.median));
  for (const { bare, rows, step, gflops, ceiling, batch, imagesPerSecond } of results) {
    expect(rows).toBe(2);
    expect(step.low).toBeLessThanOrEqual(step.median);
    expect(step.high).toBeGreaterThanOrEqual(step.median);
    expect(gflops).toBeCloseTo(stepOperations(BENCH_CONFIG, 2) / step.median / 1e6, 6);
    expect(ceiling).toBeCloseTo(fastest / step.median, 6);
    if (bare) expect(batch).toBeNull();
    else expect(imagesPerSecond).toBeCloseTo(2000 / batch!.median, 6);
  }
});

test('batch sizes that are none are refused', async () => {
  const { status, stderr } = await ngc('bench', '--rows', '0');
  expect(status).toBe(2);
  expect(stderr).toMatch(/--rows must be whole numbers from 1 to 10000/);
});

test('bench --scaling tells of every axis, with the work that is counted', async () => {
  const { status, stdout } = await ngc('bench', '--scaling', '--largest', '1', '--json');
  expect(status).toBe(0);
  const { series } = JSON.parse(stdout) as { series: ScalingSeries[] };
  expect(series.map(({ axis }) => axis)).toEqual(['neurons', 'layers', 'rows', 'images']);
  const [{ size, step, operations }] = series[2]!.points as [ScalingSeries['points'][0]];
  expect(size).toBe(1);
  expect(step).toBeGreaterThan(0);
  expect(operations).toBe(stepOperations(BENCH_CONFIG, 1));
});
