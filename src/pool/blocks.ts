import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import type { FloatArray } from '../shared/arrays.ts';
import type { PlainActivity, RowsReport } from './messages.ts';
import { tensorOf } from './synapses.ts';

/** `rows` rows as `count` contiguous blocks, in order, as equal as can be. */
export function blocksOf(rows: number, count: number): { from: number; rows: number }[] {
  const start = (i: number) => Math.floor((i * rows) / count);
  return Array.from({ length: count }, (_, i) => ({
    from: start(i),
    rows: start(i + 1) - start(i),
  }));
}

/** A copy of some rows of a matrix. */
export function rowsOf({ data, shape }: FloatArray, from: number, rows: number): FloatArray {
  const columns = shape[1]!;
  return { shape: [rows, columns], data: data.slice(from * columns, (from + rows) * columns) };
}

/** Blocks of rows under each other, as a tensor. */
function stacked(blocks: readonly FloatArray[]): Tensor2D {
  const columns = blocks[0]!.shape[1]!;
  const data = new Float32Array(blocks.reduce((sum, block) => sum + block.data.length, 0));
  let offset = 0;
  for (const block of blocks) {
    data.set(block.data, offset);
    offset += block.data.length;
  }
  return tensorOf({ shape: [data.length / columns, columns], data });
}

/** The activity of a batch from that of its blocks, in order. */
export function joinRows(parts: readonly PlainActivity[]): Activity {
  const join = (key: keyof PlainActivity) =>
    parts[0]![key].map((_, i) => stacked(parts.map((part) => part[key][i]!)));
  const z = join('z');
  return { z, phiZ: [z[0]!, ...join('phiZ')], mu: join('mu'), e: join('e') };
}

/** What the synapses saw of all blocks, added up in their order. */
export function addSums(parts: readonly RowsReport['sums'][]): Map<string, FloatArray> {
  const [first, ...others] = parts as [RowsReport['sums'], ...RowsReport['sums'][]];
  return new Map(
    first.map(([name, { shape, data }], i) => {
      const sum = Float32Array.from(data);
      for (const other of others) {
        const more = other[i]![1].data;
        for (let j = 0; j < sum.length; j++) sum[j]! += more[j]!;
      }
      return [name, { shape, data: sum }];
    }),
  );
}
