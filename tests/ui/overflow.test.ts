import { expect, test } from 'vitest';
import { goesOn } from '../../src/ui/parts/overflow.ts';

test('what lies below the part in view', () => {
  expect(goesOn(0, 500, 500)).toBe(false);
  expect(goesOn(0, 500, 800)).toBe(true);
  expect(goesOn(150, 500, 800)).toBe(true);
  expect(goesOn(300, 500, 800)).toBe(false);
  // Part of a pixel is nothing to announce.
  expect(goesOn(0, 500, 502)).toBe(false);
  expect(goesOn(299, 500, 800)).toBe(false);
});
