import { describe, expect, test } from 'vitest';

import { copyEvery } from '../../src/worker/safekeeping.ts';

/* How old what the page has of a network becomes, and what keeping it young costs. */

describe('how often copies are made', () => {
  const share = (cost: number) => cost / copyEvery(cost, true);
  /** How old what the page has becomes, a tenth of a second for the step and the way included. */
  const age = (cost: number) => copyEvery(cost, true) + cost + 100;

  test.each([1, 5, 20, 34])('a copy that takes %d ms keeps the page within a second', (cost) => {
    expect(age(cost)).toBeLessThanOrEqual(1000);
    expect(share(cost)).toBeLessThanOrEqual(0.04);
  });

  test.each([40, 70, 500])('one of %d ms takes four percent of the time, and no more', (cost) => {
    expect(share(cost)).toBeCloseTo(0.04, 10);
    expect(age(cost)).toBeGreaterThan(1000);
  });

  test.each([5, 40, 500])(
    'one of %d ms comes four times as soon at the latest where training rests',
    (cost) => {
      // prettier-ignore
      expect(copyEvery(cost, false)).toBe(4 * cost);
    },
  );
});
