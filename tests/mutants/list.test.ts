import { expect, test } from 'vitest';

import { allDefects, rotten } from './list.ts';

test('every planted defect has its place in the code as it is now, and tests that are to notice it', async () => {
  const defects = await allDefects();
  expect(defects.length).toBeGreaterThan(100);
  expect(rotten(defects)).toEqual([]);
});
