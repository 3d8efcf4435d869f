import { expect, test } from 'vitest';

import { isMeasurementDue } from '../../src/worker/learning/measuring.ts';

const dueUpTo = (most: number) =>
  Array.from({ length: most + 1 }, (_, updates) => updates).filter(isMeasurementDue);

test('measurements begin with the first updates, and take little of a long training', () => {
  expect(dueUpTo(50)).toEqual([0, 1, 4, 10, 20, 30, 40, 50]);
  const due = dueUpTo(10_000);
  const gaps = due.slice(1).map((updates, i) => updates - due[i]!);
  // They grow rarer and never more frequent.
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  expect(due.length).toBeLessThan(10_000 / 30);
  // What is measured on every fortieth only is never missed.
  for (let updates = 40; updates <= 10_000; updates += 40) expect(isMeasurementDue(updates)).toBe(true); // prettier-ignore
});
