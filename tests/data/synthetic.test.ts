import { beforeAll, describe, expect, it } from 'vitest';

import type { Dataset, Split } from '../../src/data/dataset.ts';
import { drawDigits, loadSynthetic } from '../../src/data/synthetic.ts';
import { NgcError } from '../../src/shared/errors.ts';

function draw(seed: number, count: number): Split {
  const steps = drawDigits(seed, count);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Byte for byte; vitest's own comparison takes seconds for a million of them. */
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** Mean picture of each class, in 0 … 1. */
function means(split: Split): Float64Array[] {
  const sums = Array.from({ length: 10 }, () => new Float64Array(784));
  const counts = new Float64Array(10);
  split.labels!.forEach((label, i) => {
    counts[label]!++;
    for (let p = 0; p < 784; p++) sums[label]![p]! += split.pixels[i * 784 + p]! / 255;
  });
  return sums.map((sum, c) => sum.map((v) => v / counts[c]!));
}

/** Share of pictures whose nearest class mean is their own class. */
function nearestMean(split: Split, centres: readonly Float64Array[]): number {
  let right = 0;
  for (let i = 0; i < split.count; i++) {
    const distances = centres.map((centre) =>
      centre.reduce((sum, v, p) => sum + (split.pixels[i * 784 + p]! / 255 - v) ** 2, 0),
    );
    if (distances.indexOf(Math.min(...distances)) === split.labels![i]) right++;
  }
  return right / split.count;
}

const SIZE = { trainCount: 2000, testCount: 500 };
/** Draws another, so that the one before is not at hand any more. */
const anotherSet = () => loadSynthetic({ trainCount: 10, testCount: 10 });

describe('synthetic digits', () => {
  let one: Dataset;
  beforeAll(async () => {
    one = await loadSynthetic(SIZE);
  });

  it('are the same for the same seed and different for another', async () => {
    await anotherSet();
    const again = await loadSynthetic(SIZE);
    expect(again).not.toBe(one);
    expect(same(again.train.pixels, one.train.pixels)).toBe(true);
    expect(again.test.labels).toEqual(one.test.labels);
    expect(same(draw(2, 100).pixels, one.train.pixels.subarray(0, 100 * 784))).toBe(false);
  });

  it('are not drawn again for whoever asks for the same again', async () => {
    const first = await loadSynthetic(SIZE);
    expect(await loadSynthetic(SIZE)).toBe(first);
    expect(await loadSynthetic({ ...SIZE, seed: 2 })).not.toBe(first);
  });

  it('begin a longer set as a shorter one, and test with other pictures than they train with', () => {
    expect(same(draw(1, 60).pixels, one.train.pixels.subarray(0, 60 * 784))).toBe(true);
    const train = new Set<string>();
    const key = (split: Split, i: number) =>
      Buffer.from(split.pixels.subarray(i * 784, (i + 1) * 784)).toString('latin1');
    for (let i = 0; i < one.train.count; i++) train.add(key(one.train, i));
    expect(train.size).toBe(2000);
    for (let i = 0; i < one.test.count; i++) expect(train.has(key(one.test, i))).toBe(false);
  });

  it('have every class equally often, in mixed order', () => {
    const counts = new Array<number>(10).fill(0);
    one.train.labels!.forEach((label) => counts[label]!++);
    expect(counts).toEqual(new Array(10).fill(200));
    expect(one.train.labels!.subarray(0, 10)).not.toEqual(one.train.labels!.subarray(10, 20));
  });

  it('carry as much ink as MNIST, of whose pixels 13.2 % are on', () => {
    const { pixels } = one.train;
    const on = pixels.reduce((n, v) => n + (v > 127 ? 1 : 0), 0) / pixels.length;
    expect(on).toBeGreaterThan(0.115);
    expect(on).toBeLessThan(0.15);
  });

  it('lie in a 20×20 box with their centre of mass in the middle, as MNIST', () => {
    for (let i = 0; i < 500; i++) {
      let [mass, mx, my] = [0, 0, 0];
      let [left, right, top, bottom] = [28, 0, 28, 0];
      for (let p = 0; p < 784; p++) {
        const value = one.train.pixels[i * 784 + p]!;
        const [x, y] = [p % 28, Math.floor(p / 28)];
        mass += value;
        mx += value * (x + 0.5);
        my += value * (y + 0.5);
        if (value <= 127) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      }
      // Strokes that cross weigh double where the pen's path is weighed, but only once on paper.
      expect(Math.abs(mx / mass - 14)).toBeLessThan(1.5);
      expect(Math.abs(my / mass - 14)).toBeLessThan(1.5);
      const side = Math.max(right - left, bottom - top) + 1;
      expect(side).toBeGreaterThanOrEqual(17);
      expect(side).toBeLessThanOrEqual(22);
    }
  });

  it('are grey at the edges and full within', () => {
    const { pixels } = one.train;
    const grey = pixels.reduce((n, v) => n + (v > 0 && v < 255 ? 1 : 0), 0) / pixels.length;
    expect(grey).toBeGreaterThan(0.05);
    expect(pixels.includes(255)).toBe(true);
  });

  it('can be told apart: nearest class mean of another seed names more than 90 %', () => {
    const other = draw(77, 2000);
    const accuracy = nearestMean(one.test, means(other));
    expect(accuracy).toBeGreaterThan(0.9);
  });

  it('vary: no class is one picture repeated', () => {
    const centres = means(one.train);
    // Variance about the class mean, summed over pixels; MNIST's is about 42.
    let spread = 0;
    one.train.labels!.forEach((label, i) => {
      for (let p = 0; p < 784; p++)
        spread += (one.train.pixels[i * 784 + p]! / 255 - centres[label]![p]!) ** 2;
    });
    expect(spread / one.train.count).toBeGreaterThan(25);
  });

  it('are drawn in steps with progress, and can be cancelled', async () => {
    const fractions: number[] = [];
    await anotherSet();
    const drawn = await loadSynthetic({
      ...SIZE,
      pause: () => Promise.resolve(),
      onProgress: ({ fraction }) => fractions.push(fraction!),
    });
    expect(same(drawn.train.pixels, one.train.pixels)).toBe(true);
    expect(same(drawn.test.pixels, one.test.pixels)).toBe(true);
    expect(drawn.train.labels).toEqual(one.train.labels);
    expect(fractions.length).toBe(10);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));

    const stop = new AbortController();
    const cancelled = loadSynthetic({
      onProgress: () => stop.abort(),
      signal: stop.signal,
      pause: () => Promise.resolve(),
    });
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(cancelled).rejects.toBeInstanceOf(NgcError);
  });
});
