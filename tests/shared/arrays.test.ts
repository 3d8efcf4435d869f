import { expect, test } from 'vitest';

import { firstBeyond } from '../../src/shared/arrays.ts';

test.each([
  [[1, -2, 3], 3, -1],
  [[1, -4, 5], 3, 1],
  [[1, 3, NaN], 3, 2],
  [[0, -Infinity], Number.MAX_VALUE, 1],
  [[3.4e38, -3.4e38], Number.MAX_VALUE, -1],
  [[], 0, -1],
])('the first of %j that is beyond %d', (values, most, index) => {
  expect(firstBeyond(Float32Array.from(values), most)).toBe(index);
});
