import { auroc } from '../../../engine/measures/auroc.ts';
import type { Network } from '../parameters.ts';
import { classifierSurprise } from '../surprise.ts';
import { wire } from '../wiring.ts';
import type { TraceInput, Traced } from './input.ts';
import { matrix, write } from './input.ts';

/** Rows of the input that are known, unless it says otherwise; the others are strangers. */
const KNOWN = 4;

/**
 * A classifier's surprise at each image with its own answer clamped: `before` and `after` settling, `softmax` (its confidence), and
 * `auroc` of `after`, where the first four rows, or as many as `known` [1] of the input says, are known.
 */
export async function surpriseTrace(network: Network, input: TraceInput): Promise<Traced> {
  const traced: Traced = new Map();
  const x = matrix(input.x);
  const wiring = await wire(network);
  try {
    const { before, after, softmax } = await classifierSurprise(wiring, x, { steps: input.steps });
    await write(traced, 'before', before);
    await write(traced, 'after', after);
    await write(traced, 'softmax', softmax);
    const known = input.tensors.get('known')?.data[0] ?? KNOWN;
    const { data } = traced.get('after')!;
    const apart = auroc(data.subarray(0, known), data.subarray(known));
    return traced.set('auroc', { shape: [1], data: Float32Array.of(apart) });
  } finally {
    wiring.dispose();
    x.dispose();
  }
}
