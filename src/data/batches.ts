import { createRng, deriveSeed, permutation } from '../shared/rng.ts';
import type { Split } from './dataset.ts';

/*
 * Which pictures are seen in which order. Everything follows from (seed, epoch, offset), so a checkpoint need only
 * keep the position to continue exactly.
 */

/** Where a pass over the data stands: `offset` pictures of epoch `epoch` have been seen. Both count from 0. */
export interface Position {
  readonly epoch: number;
  readonly offset: number;
}

export interface Batch {
  /** Indices into the split, at most `batchSize` of them: the last batch of an epoch may be shorter. */
  readonly indices: Uint32Array;
  readonly epoch: number;
  /** Whether this batch ends its epoch. */
  readonly last: boolean;
  /** Where to go on after this batch. */
  readonly next: Position;
}

export interface Batches {
  readonly position: Position;
  /** The next batch; moves `position` on. Never ends: epoch follows epoch. */
  next(): Batch;
}

/** The order of all `count` pictures in one epoch: a fresh seeded permutation each epoch. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return permutation(count, createRng(deriveSeed(seed, epoch)));
}

/**
 * Batches of `count` pictures from `position` on, for ever. A pass that stopped at a position and one that never
 * stopped give the same batches.
 * @param lastShort what becomes of the rest when `batchSize` does not divide `count`: 'keep' gives a shorter batch
 *   (the default), 'drop' leaves those pictures out of this epoch.
 * @throws RangeError when count or batchSize is not a positive integer, or the position does not exist.
 */
export function createBatches(
  count: number,
  batchSize: number,
  seed: number,
  position: Position = { epoch: 0, offset: 0 },
  lastShort: 'keep' | 'drop' = 'keep',
): Batches {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`no pictures: count ${count}`);
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new RangeError(`batch ${batchSize}`);
  if (lastShort === 'drop' && batchSize > count)
    throw new RangeError(`a batch of ${batchSize} from ${count} pictures, dropping short batches`);
  let { epoch, offset } = position;
  if (!Number.isInteger(epoch) || !Number.isInteger(offset) || epoch < 0 || offset < 0)
    throw new RangeError(`position ${epoch}, ${offset}`);
  if (offset > count) throw new RangeError(`position ${offset} of ${count} pictures`);

  const end = lastShort === 'keep' ? count : count - (count % batchSize);
  let order: Uint32Array | null = null;
  const settle = () => {
    if (offset < end && (lastShort === 'keep' || offset + batchSize <= end)) return;
    epoch += 1;
    offset = 0;
    order = null;
  };
  settle();
  return {
    get position() {
      return { epoch, offset };
    },
    next() {
      order ??= epochOrder(count, seed, epoch);
      const indices = order.slice(offset, Math.min(offset + batchSize, end));
      const ofEpoch = epoch;
      offset += indices.length;
      settle();
      return { indices, epoch: ofEpoch, last: epoch !== ofEpoch, next: { epoch, offset } };
    },
  };
}

/** A fixed random slice for measuring: `count` different indices (all, if the split is smaller), ascending. */
export function heldOut(split: Split, count: number, seed: number): Uint32Array {
  const order = permutation(split.count, createRng(seed));
  return order.slice(0, Math.min(Math.max(0, count), split.count)).sort();
}

/**
 * `n` different indices drawn evenly over the classes: class counts differ by at most one as long as every class has
 * enough pictures; what a small class cannot give, the others do. Without labels: any n. In random order.
 */
export function evenOverClasses(split: Split, n: number, seed: number): Uint32Array {
  const rng = createRng(seed);
  const order = permutation(split.count, rng);
  const wanted = Math.min(Math.max(0, n), split.count);
  if (split.labels === null) return order.slice(0, wanted);

  const byClass = new Map<number, number[]>();
  for (const index of order) {
    const label = split.labels[index]!;
    const members = byClass.get(label);
    if (members) members.push(index);
    else byClass.set(label, [index]);
  }
  // Dealing round by round; the order of the classes is drawn too, so that no class is favoured by the remainder.
  const classes = [...byClass.keys()].sort((a, b) => a - b);
  const dealt: number[] = [];
  for (let round = 0; dealt.length < wanted; round++)
    for (const c of permutation(classes.length, rng)) {
      const index = byClass.get(classes[c]!)![round];
      if (index !== undefined && dealt.length < wanted) dealt.push(index);
    }
  return Uint32Array.from(permutation(dealt.length, rng), (i) => dealt[i]!);
}
