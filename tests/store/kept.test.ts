import { expect, test } from 'vitest';
import { kept, keptParts } from '../../src/store/kept.ts';

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

test('of an object that says something else, the parts that say the same stay', () => {
  const old = { config: { sizes: [784, 9] }, learnt: { images: 1, list: [{ a: 1 }] } };
  const now = keptParts(old, {
    config: { sizes: [784, 9] },
    learnt: { images: 2, list: [{ a: 1 }] },
  });
  expect(now).toEqual({ ...old, learnt: { ...old.learnt, images: 2 } });
  expect(now.config).toBe(old.config);
  expect(now.learnt.list).toBe(old.learnt.list);
});
