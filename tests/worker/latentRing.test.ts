import { expect, test } from 'vitest';

import { LatentRing } from '../../src/worker/latents.ts';

test('the newest rows are those that came last, however often the ring has gone round', () => {
  const ring = new LatentRing(2, 5);
  expect(ring.newest(3)).toHaveLength(0);
  const row = (n: number) => [n, -n];
  for (let n = 1; n <= 12; n++) {
    ring.push(Float32Array.from(row(n)));
    const first = Math.max(1, n - 2);
    const wanted = Array.from({ length: n - first + 1 }, (_, i) => row(first + i)).flat();
    expect([...ring.newest(3)]).toEqual(wanted);
  }
  // Of more than it holds, what it holds.
  expect([...ring.newest(9)]).toEqual([8, 9, 10, 11, 12].flatMap(row));
});
