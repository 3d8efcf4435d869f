import fc from 'fast-check';
import { expect, test } from 'vitest';

import { grouped } from '../../src/shared/grouped.ts';

test('thousands are apart as English has them', () => {
  expect([0, 999, 1_000, 58_000, 1_234_567, -1_000, -100].map(grouped)).toEqual(['0', '999', '1,000', '58,000', '1,234,567', '-1,000', '-100']); // prettier-ignore
});

test('every number is written as the language’s own way writes it', () => {
  const oracle = (value: number) => value.toLocaleString('en');
  // But for minus zero: no count is.
  const values = fc
    .oneof(fc.maxSafeInteger(), fc.double())
    .filter((value) => !Object.is(value, -0));
  fc.assert(fc.property(values, (value) => grouped(value) === oracle(value)));
});
