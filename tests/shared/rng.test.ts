import { describe, expect, test } from 'vitest';

import { createRng, deriveSeed, permutation, restoreRng } from '../../src/shared/rng.ts';

const WORD = 2n ** 32n;

/** splitmix32 and sfc32 as they are published, in whole numbers of any size: the oracle. */
function* slowUniforms(seed: number): Generator<number> {
  let mixed = BigInt(seed >>> 0);
  const mix = () => {
    mixed = (mixed + 0x9e3779b9n) % WORD;
    let t = mixed ^ (mixed >> 16n);
    t = (t * 0x21f0aaadn) % WORD;
    t ^= t >> 15n;
    t = (t * 0x735a2d97n) % WORD;
    return t ^ (t >> 15n);
  };
  let [a, b, c, counter] = [mix(), mix(), mix(), mix()];
  for (;;) {
    const out = (a + b + counter) % WORD;
    counter = (counter + 1n) % WORD;
    a = b ^ (b >> 9n);
    b = (c * 9n) % WORD;
    c = ((((c << 21n) % WORD) | (c >> 11n)) + out) % WORD;
    yield Number(out) / 2 ** 32;
  }
}

test.each([0, 1, 7, 2 ** 31, 2 ** 32 - 1])('sfc32 from seed %i', (seed) => {
  const rng = createRng(seed);
  const slow = slowUniforms(seed);
  for (let i = 0; i < 200; i++) expect(rng.uniform()).toBe(slow.next().value);
});

describe('normals', () => {
  const COUNT = 20_000;
  const rng = createRng(3);
  const values = Array.from({ length: COUNT }, () => rng.normal());
  const mean = (of: (value: number, i: number) => number) =>
    values.reduce((sum, value, i) => sum + of(value, i), 0) / COUNT;
  // Five standard errors of each.
  const within = (variance: number) => 5 * Math.sqrt(variance / COUNT);

  test('have the moments 0, 1, 0, 3', () => {
    expect(Math.abs(mean((v) => v))).toBeLessThan(within(1));
    expect(Math.abs(mean((v) => v ** 2) - 1)).toBeLessThan(within(2));
    expect(Math.abs(mean((v) => v ** 3))).toBeLessThan(within(15));
    expect(Math.abs(mean((v) => v ** 4) - 3)).toBeLessThan(within(96));
  });

  test('of a pair tell nothing of each other, their squares neither', () => {
    const pairs = values.map((_, i) => [values[i - (i % 2)]!, values[i - (i % 2) + 1]!] as const);
    const average = (of: (first: number, second: number) => number) =>
      pairs.reduce((sum, [first, second]) => sum + of(first, second), 0) / COUNT;
    // Every pair is counted twice, so there are half as many.
    expect(Math.abs(average((a, b) => a * b))).toBeLessThan(within(2));
    expect(Math.abs(average((a, b) => (a * a - 1) * (b * b - 1)))).toBeLessThan(within(8));
  });
});

test.each([0, 1])('a generator goes on where it was saved, after %i normals', (draws) => {
  const rng = createRng(5);
  for (let i = 0; i < draws; i++) rng.normal();
  const copy = restoreRng(JSON.parse(JSON.stringify(rng.save())) as (number | null)[]);
  for (let i = 0; i < 5; i++) expect(copy.normal()).toBe(rng.normal());
});

test('every permutation is as likely as any other', () => {
  const rng = createRng(11);
  const counts = new Map<string, number>();
  const draws = 24 * 500;
  for (let i = 0; i < draws; i++) {
    const order = String(permutation(4, rng));
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - 500) ** 2 / 500, 0);
  expect(chi2).toBeLessThan(58); // of 23 degrees of freedom: once in ten thousand seeds
});

test('parts of an experiment have seeds of their own, and the same each time', () => {
  const seeds = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((part) => deriveSeed(seed, part)));
  expect(new Set(seeds).size).toBe(16);
  expect(deriveSeed(2, 3)).toBe(seeds[2 * 4 + 3]);
});
