import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { STATE_TERMS } from '../../src/ngc/equations/states.ts';
import type { Lesions } from '../../src/ngc/lesions.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import type { Running, Settling } from '../../src/ngc/settling.ts';
import { binaryImages } from './models.ts';

/*
 * Everything that can be done to an episode while it settles, for parity of all executors: lesions of each kind from the
 * start and in the middle, silent neurons, moved settings, other pictures with and without a mask, an episode that endures, one
 * that begins from given states and whose hidden pixels send no error; and
 * what is told of it: activity and the terms of the next step.
 */
export interface MeddlingCase {
  readonly name: string;
  readonly variant: Variant;
  readonly changes?: Partial<ModelConfig>;
  readonly lesions: Partial<Lesions>;
}

const units = [
  { layer: 1, index: 2 },
  { layer: 3, index: 0 },
];
const pdh = 'gncn-pdh';

export const MEDDLING_CASES: readonly MeddlingCase[] = [
  { name: 'nothing cut', variant: pdh, lesions: {} },
  { name: 'lateral', variant: pdh, lesions: { lateral: true } },
  { name: 'lateral, band', variant: 'gncn-t2-lsigma', changes: { lateral: 'band', groups: [3, 3, 3] }, lesions: { lateral: true } },
  { name: 'precision', variant: pdh, lesions: { precision: true } },
  { name: 'precision, type 1', variant: 'gncn-t1-sigma', lesions: { precision: true } },
  { name: 'error synapses', variant: pdh, lesions: { errorSynapses: true } },
  { name: 'error synapses, type 1', variant: 'gncn-t1', changes: { laplace: 0.05 }, lesions: { errorSynapses: true } },
  { name: 'leak', variant: 'gncn-t1-sigma', lesions: { leak: true } },
  { name: 'top down', variant: pdh, lesions: { topDown: true } },
  { name: 'units', variant: pdh, lesions: { units } },
  { name: 'units that would fire at rest', variant: 'gncn-t2-lsigma', changes: { activation: 'sigmoid' }, lesions: { units, layers: [2] } },
  { name: 'several', variant: 'gncn-t1-sigma', lesions: { precision: true, errorSynapses: true, leak: true, layers: [3], units: [{ layer: 1, index: 0 }] } },
]; // prettier-ignore

/** Numbers by name, of every moment that was looked at. */
export type Moments = Record<string, ArrayLike<number>>;

async function look(settling: Settling, moments: Moments, moment: string): Promise<void> {
  const activity = await settling.read();
  for (const family of ['z', 'phiZ', 'mu', 'e'] as const)
    for (const [l, tensor] of activity[family].entries())
      moments[`${moment}.${family}${l}`] = (await tensor.data()).slice();
  for (const [i, terms] of (await settling.terms()).entries())
    for (const name of STATE_TERMS) {
      const term = terms[name];
      // Absent is zero: executors need not agree on which.
      if (term && (await tf.tidy(() => tf.max(tf.abs(term))).data())[0]! > 0)
        moments[`${moment}.${name}${i + 1}`] = (await term.data()).slice();
      term?.dispose();
    }
}

/** Does it all to one episode of `rows` images, and tells what it saw. */
export async function meddle(
  { model, executor }: Running,
  lesions: Partial<Lesions>,
  rows: number,
): Promise<Moments> {
  const moments: Moments = {};
  const pixels = model.config.sizes[0]!;
  const [first, second, third, seen, other] = [1, 2, 3, 4, 5].map((seed) =>
    binaryImages(rows, pixels, seed),
  ) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  const cut: Lesions = { ...NO_LESIONS, ...lesions };
  const settling = await executor.begin(model, first, { mask: seen });
  await settling.advance(4);
  await look(settling, moments, 'whole');
  await settling.lesion(cut);
  await look(settling, moments, 'cut');
  await settling.advance(3);
  await look(settling, moments, 'later');
  model.config = {
    ...model.config,
    ...{ beta: 0.2, leak: 0.05, laplace: 0.03, lateralInhibition: 0.3, selfExcitation: 0.2 },
  };
  await settling.advance(2);
  await look(settling, moments, 'steered');
  await settling.perceive(second, other);
  await look(settling, moments, 'another picture');
  await settling.advance(2);
  await settling.perceive(third, null);
  await settling.advance(2);
  await look(settling, moments, 'all seen');
  await settling.lesion(null);
  await settling.advance(2);
  await look(settling, moments, 'healed');
  settling.dispose();
  const enduring = await executor.begin(model, first, { lesions: cut, enduring: true });
  await look(enduring, moments, 'cut from the start');
  await enduring.advance(5);
  await enduring.perceive(second, seen);
  await enduring.advance(2);
  await look(enduring, moments, 'enduring');
  enduring.dispose();
  const states = model.config.sizes.slice(1).map((size, i) => binaryImages(rows, size, 6 + i));
  const silent = await executor.begin(model, first, {
    ...{ mask: seen, how: 'silent', states, lesions: cut },
  });
  await look(silent, moments, 'from given states');
  await silent.advance(3);
  await look(silent, moments, 'silent');
  await silent.perceive(second, other);
  await look(silent, moments, 'silent, another picture');
  await silent.advance(2);
  await silent.lesion(null);
  await silent.perceive(third, null);
  await silent.advance(2);
  await look(silent, moments, 'silent, all seen');
  silent.dispose();
  tf.dispose([...states, first, second, third, seen, other]);
  return moments;
}

/** The largest difference of every moment that differs by more than 1e-4, or is missing on either side. */
export function momentDifferences(actual: Moments, expected: Moments): Record<string, number> {
  const differences: Record<string, number> = {};
  for (const name of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
    const [got, want] = [actual[name], expected[name]];
    let worst = got && want && got.length === want.length ? 0 : NaN;
    for (let i = 0; got && want && i < want.length; i++) {
      const gap = Math.abs(got[i]! - want[i]!);
      if (!(gap <= worst)) worst = gap;
    }
    if (!(worst <= 1e-4)) differences[name] = worst;
  }
  return differences;
}
