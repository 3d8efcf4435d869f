import { expect, test } from 'vitest';
import { activeShare, activityHistogram } from '../../src/store/sparsity.ts';

test('the share of active neurons', () => {
  expect(activeShare([0, 1e-7, 0.5, -1])).toBe(0.25);
  expect(activeShare([])).toBeNaN();
  // Of a network that diverged nobody can say who is active.
  expect(activeShare([0, 1, NaN])).toBeNaN();
});

test('every neuron is counted once: silent, or in the bin of its activity', () => {
  const values = [0, -1, 0.1, 0.24, 0.26, 1, 3];
  const { silent, counts, width } = activityHistogram(values, 4, 1);
  expect(silent).toBe(2);
  expect(width).toBe(0.25);
  expect(counts).toEqual([2, 1, 0, 2]); // what is above the end counts in the last bin
  expect(activityHistogram([0.5, 2], 4)).toEqual({ silent: 0, counts: [0, 1, 0, 1], width: 0.5 });
  // What is no number any more is in no bin.
  expect(activityHistogram([0, NaN, 1, Infinity], 2)).toEqual({
    silent: 1,
    counts: [0, 1],
    width: 0.5,
  });
  expect(activityHistogram([0, 0], 2)).toEqual({ silent: 2, counts: [0, 0], width: 1 });
});
