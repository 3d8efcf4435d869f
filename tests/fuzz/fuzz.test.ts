import { describe, expect, test } from 'vitest';

import { FILES } from './files.ts';
import { fuzz } from './harness.ts';
import { SAVED } from './saved.ts';

/*
 * What others wrote, or that was cut off, is read rightly or refused in one printable sentence, by every reader. The same seed makes the
 * same cases; tests/long/fuzz.test.ts makes many more.
 */
const SEED = 14;
const CASES = 120;

describe('spoilt', () => {
  test.each([...FILES, ...SAVED])('$name', async (target) => {
    const cases = CASES * (target.share ?? 1);
    const { read, refused } = await fuzz(target, cases, SEED);
    expect(read + refused).toBe(cases);
  });
});
