import { expect, test } from 'vitest';

import { pixelAt } from '../../src/viz/picture.ts';

test('the pixel under a point, row by row, and none outside the picture', () => {
  // Four pixels a side, 40 wide: each pixel is 10 wide.
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++)
      for (const inside of [0, 9.9])
        expect(pixelAt(10 * column + inside, 10 * row + inside, 40, 4)).toBe(4 * row + column);
  for (const [x, y] of [
    [-0.1, 5],
    [5, -0.1],
    [40, 5],
    [5, 40],
  ] as const)
    expect(pixelAt(x, y, 40, 4)).toBeNull();
});
