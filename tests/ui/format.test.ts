import { expect, test } from 'vitest';

import { classes } from '../../src/ui/parts/classes.ts';
import { duration, exact, fixed, subscript } from '../../src/ui/parts/format.ts';

test('times are told in the two largest units', () => {
  expect([0.4, 12.4, 200, 7500].map(duration)).toEqual(['0 s', '12 s', '3 min 20 s', '2 h 5 min']);
});

test('numbers: one decimal, four, or none at all', () => {
  expect([fixed(1.26), fixed(2.5, 0), fixed(null), fixed(NaN)]).toEqual(['1.3', '3', '—', '—']);
  expect([exact(0.12345), exact(-2)]).toEqual(['0.1235', '−2.0000']);
  expect([0, 7, 12].map(subscript)).toEqual(['₀', '₇', '₁₂']);
});

test('class names are joined; what is false or missing is left out', () => {
  expect(classes('a', false, undefined, 'b')).toBe('a b');
  expect(classes(false)).toBe('');
});
