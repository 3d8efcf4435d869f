import { afterEach, expect, test } from 'vitest';

import { memoryShelf } from '../../src/storage/memory.ts';
import { Elsewhere } from '../../src/worker/elsewhere.ts';
import { until } from '../helpers/until.ts';

/* Pages that are open side by side hear of each other's changes, and not of their own. */

const here = new Elsewhere();
const there = new Elsewhere();
afterEach(() => {
  here.close();
  there.close();
});

test('what one page writes or removes, the other hears of, by its place', async () => {
  const shelf = memoryShelf();
  const mine = here.announced('runs', shelf);
  there.announced('runs', shelf);
  there.announced('data', shelf);
  const before = there.report;
  await mine.write('runs/a', Uint8Array.of(1));
  await until(() => expect(there.report).toEqual({ runs: 1, data: 0 }));
  // A report that was handed out stays as it was.
  expect(before).toEqual({ runs: 0, data: 0 });
  await mine.remove('runs/a');
  await until(() => expect(there.report).toEqual({ runs: 2, data: 0 }));
  expect(await shelf.list('runs/')).toEqual([]);
  expect(here.report).toEqual({ runs: 0, data: 0 });
  await mine.list('runs/');
  await mine.read('runs/a');
  await expect(mine.write('../a', new Uint8Array(0))).rejects.toThrow();
  expect(there.report).toEqual({ runs: 2, data: 0 });
});
