import { expect, test } from 'vitest';
import { strongest } from '../../src/store/strongest.ts';

test('the most active neuron; none where no activity is a number', () => {
  expect(strongest([0, 3, -1, 3])).toBe(1);
  expect(strongest([NaN, -2, NaN, -1])).toBe(3);
  expect(strongest([NaN, NaN])).toBeNull();
  expect(strongest([])).toBeNull();
});
