import { expect, test } from 'vitest';
import { kept } from '../../src/store/kept.ts';

test('the old object stays where nothing changed', () => {
  const old = { a: [1, { b: NaN }], c: null };
  expect(kept(old, structuredClone(old))).toBe(old);
  for (const now of [
    { a: [1, { b: null }], c: null }, // what cannot be told is not what is no number
    { a: [1, { b: NaN }], c: 0 },
    { a: [1], c: null },
    { a: [1, { b: NaN }], c: null, d: undefined },
    null,
  ])
    expect(kept<unknown>(old, now)).toBe(now);
});
