import { expect, test } from 'vitest';
import { beyond } from '../../src/ui/parts/overflow.ts';

test('what scrolls goes on before and after what is seen of it', () => {
  const all = { before: false, after: false };
  expect(beyond(0, 500, 500)).toEqual(all);
  expect(beyond(0, 500, 800)).toEqual({ before: false, after: true });
  expect(beyond(150, 500, 800)).toEqual({ before: true, after: true });
  expect(beyond(300, 500, 800)).toEqual({ before: true, after: false });
  // Sizes are rounded: a pixel is nothing to scroll for.
  expect(beyond(1, 500, 502)).toEqual(all);
  expect(beyond(299, 500, 800)).toEqual({ before: true, after: false });
});
