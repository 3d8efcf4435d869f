import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Position } from '../../src/data/batches.ts';
import { createBatches, epochOrder, evenOverClasses, heldOut } from '../../src/data/batches.ts';
import { createSplit } from '../../src/data/dataset.ts';

const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('batches', () => {
  it('show every picture once an epoch, in another order each epoch and seed', () => {
    expect(sorted(epochOrder(50, 1, 0))).toEqual(upTo(50));
    expect(epochOrder(50, 1, 0)).toEqual(epochOrder(50, 1, 0));
    expect(epochOrder(50, 1, 0)).not.toEqual(epochOrder(50, 1, 1));
    expect(epochOrder(50, 1, 0)).not.toEqual(epochOrder(50, 2, 0));
  });

  it('keep the short last batch, or drop it when told', () => {
    const batches = createBatches(10, 4, 3);
    const epoch = [batches.next(), batches.next(), batches.next()];
    expect(epoch.map((b) => b.indices.length)).toEqual([4, 4, 2]);
    expect(epoch.map((b) => b.last)).toEqual([false, false, true]);
    expect(sorted(epoch.flatMap((b) => [...b.indices]))).toEqual(upTo(10));
    expect(batches.position).toEqual({ epoch: 1, offset: 0 });

    const whole = createBatches(10, 4, 3, undefined, 'drop');
    expect(upTo(4).map(() => whole.next().indices.length)).toEqual([4, 4, 4, 4]);
    expect(whole.position).toEqual({ epoch: 2, offset: 0 });
  });

  it('go on from any position as if they had never stopped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.nat(12),
        (count, size, stop) => {
          const through = createBatches(count, size, 9);
          let position = through.position;
          for (let i = 0; i < stop; i++) position = through.next().next;
          expect(position).toEqual(through.position);
          const resumed = createBatches(
            count,
            size,
            9,
            JSON.parse(JSON.stringify(position)) as Position,
          );
          for (let i = 0; i < 5; i++) expect(resumed.next()).toEqual(through.next());
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });

  it('refuse what cannot be', () => {
    expect(() => createBatches(0, 4, 1)).toThrow(RangeError);
    expect(() => createBatches(4, 0, 1)).toThrow(RangeError);
    expect(() => createBatches(4, 5, 1, undefined, 'drop')).toThrow(RangeError);
    expect(() => createBatches(4, 2, 1, { epoch: 0, offset: 5 })).toThrow(RangeError);
  });
});

describe('chosen pictures', () => {
  // Class c has 2·(c + 1) pictures: 2, 4, 6, 8.
  const labels = Uint8Array.from([0, 1, 2, 3].flatMap((c) => Array<number>(2 * (c + 1)).fill(c)));
  const split = createSplit(new Uint8Array(labels.length * 784), labels, 'test');
  const counts = (indices: Uint32Array) => {
    const of = [0, 0, 0, 0];
    for (const i of indices) of[labels[i]!]!++;
    return of;
  };

  it('for measuring are fixed by the seed, different and at most all', () => {
    const slice = heldOut(split, 6, 1);
    expect(slice).toEqual(heldOut(split, 6, 1));
    expect(new Set(slice).size).toBe(6);
    expect(Array.from(slice)).toEqual(sorted(slice));
    expect(slice).not.toEqual(heldOut(split, 6, 2));
    expect(heldOut(split, 100, 1).length).toBe(20);
  });

  it('are even over classes', () => {
    expect(counts(evenOverClasses(split, 8, 1))).toEqual([2, 2, 2, 2]);
    const ten = counts(evenOverClasses(split, 10, 1));
    expect(ten[0]).toBe(2); // the small class has given all it has
    expect(Math.max(...ten) - Math.min(...ten)).toBe(1);
    expect(ten.reduce((a, b) => a + b)).toBe(10);
    // One more of whom: of whoever the seed draws, every class in its turn.
    const favoured = [0, 0, 0, 0];
    for (let seed = 1; seed <= 100; seed++)
      counts(evenOverClasses(split, 1, seed)).forEach((n, c) => (favoured[c]! += n));
    expect(Math.min(...favoured)).toBeGreaterThan(10);
    const all = evenOverClasses(split, 99, 1);
    expect(sorted(all)).toEqual(upTo(20));
  });

  it('come without labels too', () => {
    const bare = createSplit(split.pixels, null, 'test');
    expect(new Set(evenOverClasses(bare, 7, 1)).size).toBe(7);
  });
});
