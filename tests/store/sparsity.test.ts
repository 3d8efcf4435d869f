import { expect, test } from 'vitest';
import { activeShare } from '../../src/store/sparsity.ts';

test('the share of active neurons', () => {
  expect(activeShare([0, 1e-7, 0.5, -1])).toBe(0.25);
  expect(activeShare([])).toBeNaN();
  // Of a network that diverged nobody can say who is active.
  expect(activeShare([0, 1, NaN])).toBeNaN();
});
