import { beforeAll, expect, test } from 'vitest';

import { loadSynthetic } from '../../src/data/synthetic.ts';
import { Feed } from '../../src/runtime/feed.ts';
import { useBackend } from '../helpers/backends.ts';

const { train } = await loadSynthetic({ trainCount: 50, testCount: 10 });

beforeAll(() => useBackend('cpu'));

/** The images of the next `batches` batches. */
function dealt(feed: Feed, batch: number, batches: number): number[][] {
  return Array.from({ length: batches }, () => {
    const { batch: next, x } = feed.next(batch);
    expect(x.shape).toEqual([next.indices.length, 784]);
    x.dispose();
    return [...next.indices];
  });
}

test('a feed that goes on from a position deals what one that never stopped deals', () => {
  const [whole, before] = [new Feed(train, 7), new Feed(train, 7)];
  const straight = dealt(whole, 20, 7); // 20, 20, 10 an epoch
  expect(straight.map((images) => images.length)).toEqual([20, 20, 10, 20, 20, 10, 20]);
  const first = dealt(before, 20, 4);
  const after = new Feed(train, 7, before.position);
  expect([...first, ...dealt(after, 20, 3)]).toEqual(straight);
  expect(after.position).toEqual(whole.position);
});

test('the end of an epoch is the beginning of the next, before the first batch too', () => {
  const feed = new Feed(train, 7, { epoch: 2, offset: 50 });
  expect(feed.position).toEqual({ epoch: 3, offset: 0 });
  const [images] = dealt(feed, 50, 1);
  expect(images).toEqual(dealt(new Feed(train, 7, { epoch: 3, offset: 0 }), 50, 1)[0]);
  expect(feed.position).toEqual({ epoch: 4, offset: 0 });
});

test('another batch size takes effect where the data stands; no image is left out', () => {
  const feed = new Feed(train, 7);
  const images = [...dealt(feed, 20, 1), ...dealt(feed, 15, 2)].flat();
  expect(new Set(images).size).toBe(50);
  expect(feed.position).toEqual({ epoch: 1, offset: 0 });
});
