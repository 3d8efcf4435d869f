import { expect, test } from 'vitest';

import type { HistoryPoint } from '../../src/protocol/snapshot.ts';
import { History, thinned } from '../../src/worker/learning/history.ts';

/*
 * The curves of a training that goes on and on: few enough points, and the same curves.
 */
const update = (imagesSeen: number, bce: number, change = 0): HistoryPoint => ({
  imagesSeen,
  trainBce: bce,
  validationBce: null,
  sparsity: [bce / 1000, 0.5],
  discrepancy: null,
  mmse: null,
  weightChanges: [2 * bce],
  changes: change === 0 ? [] : [{ key: 'beta', value: change }],
});
const measurement = (imagesSeen: number, bce: number, mmse: number | null): HistoryPoint => ({
  ...update(imagesSeen, bce),
  trainBce: null,
  validationBce: bce,
  mmse,
  weightChanges: [],
});
/** So many batches of 20 images, measured after each tenth. */
function training(batches: number): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  for (let i = 1; i <= batches; i++) {
    points.push(update(20 * i, 100 + 50 * Math.sin(i)));
    if (i % 10 === 0) points.push(measurement(20 * i, 90 + i, i % 40 === 0 ? i : null));
  }
  return points;
}

/** Area under a curve, each point standing for the images since the one of its kind before it. */
function area(points: readonly HistoryPoint[], of: (point: HistoryPoint) => number | null) {
  let sum = 0;
  let before: number | null = null;
  for (const point of points) {
    const value = of(point);
    if (value === null) continue;
    if (before !== null) sum += value * (point.imagesSeen - before);
    before = point.imagesSeen;
  }
  return sum;
}

test('fewer points keep the areas under the curves, their ends, and their order', () => {
  const before = training(3000);
  const after = thinned(before, 300, 100);
  expect(after.length).toBeLessThan(300 + 4 * 100 + 4);
  for (const of of [
    (p: HistoryPoint) => p.trainBce,
    (p: HistoryPoint) => p.validationBce,
    (p: HistoryPoint) => (p.trainBce === null ? null : p.sparsity[0]!),
    (p: HistoryPoint) => p.weightChanges[0] ?? null,
  ])
    expect(area(after, of) / area(before, of)).toBeCloseTo(1, 9);
  expect(after.slice(-300)).toEqual(before.slice(-300));
  expect(after[0]).toEqual(before[0]);
  const seen = after.map(({ imagesSeen }) => imagesSeen);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  // Means lie over stretches of equal length, the oldest no longer than the others.
  const older = after.slice(0, -300).filter(({ trainBce }) => trainBce !== null);
  const spans = older.slice(1).map((point, i) => point.imagesSeen - older[i]!.imagesSeen);
  expect(Math.max(...spans)).toBeLessThanOrEqual(before.at(-301)!.imagesSeen / 100);
});

test('what measurements did not tell is no zero of theirs', () => {
  const after = thinned(training(3000), 300, 10);
  for (const { trainBce, validationBce, mmse } of after.slice(0, -300)) {
    expect(trainBce === null).toBe(validationBce !== null);
    if (trainBce !== null) expect(mmse).toBeNull();
    // At batch i, M-MSE is i and the BCE 90 + i.
    else if (mmse !== null) expect(Math.abs(mmse - (validationBce! - 90))).toBeLessThan(40);
  }
  expect(after.filter(({ mmse }) => mmse !== null).length).toBeGreaterThan(8);
});

test('what somebody changed stays where it was', () => {
  const points = training(2000);
  points[500] = { ...update(points[500]!.imagesSeen, 1), changes: [{ key: 'beta', value: 0.3 }] };
  const after = thinned(points, 100, 20);
  expect(after).toContainEqual(points[500]);
});

test('a million batches are held in some thousands of points, and who has the old ones asks anew', () => {
  const history = new History();
  let most = 0;
  let last = history.id;
  let renewed = 0;
  for (let i = 1; i <= 1_000_000; i++) {
    history.add(update(100 * i, 50));
    most = Math.max(most, history.points.length);
    if (history.id !== last) renewed++;
    last = history.id;
  }
  expect(most).toBeLessThanOrEqual(8000);
  expect(renewed).toBeGreaterThan(50);
  expect(renewed).toBeLessThan(1000);
  expect(history.points.at(-1)!.imagesSeen).toBe(100_000_000);
  expect(history.points.every(({ trainBce }) => Math.abs(trainBce! - 50) < 1e-9)).toBe(true);
  // The whole of it is still to be seen.
  const halves = history.points.filter(({ imagesSeen }) => imagesSeen < 50_000_000).length;
  expect(halves).toBeGreaterThan(400);
});

test('two histories are never taken for one another', () => {
  expect(new History().id).not.toBe(new History().id);
});
