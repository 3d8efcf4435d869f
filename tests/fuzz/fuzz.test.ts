import { beforeAll, describe, expect, test } from 'vitest';

import { fuzz } from './harness.ts';
import { prepare, TARGETS } from './targets.ts';

/*
 * What others wrote, or what was cut off, is read rightly or refused in one printable sentence, by every reader and at every door. The
 * same seed makes the same cases; tests/long/fuzz.test.ts makes many more.
 */
const SEED = 14;
/** Of each; 5,000 in all. */
const CASES = 152;

beforeAll(prepare);

describe('spoilt', () => {
  test.each(TARGETS)('$name', async (target) => {
    const cases = CASES * (target.share ?? 1);
    const { read, refused } = await fuzz(target, cases, SEED);
    expect(read + refused).toBe(cases);
  });

  test('are 5,000 in all', () => {
    const shares = TARGETS.reduce((sum, { share = 1 }) => sum + share, 0);
    expect(CASES * shares).toBeGreaterThanOrEqual(5000);
  });
});
