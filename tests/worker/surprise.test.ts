import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import type { SurpriseReport } from '../../src/protocol/surprise.ts';
import { ask, draw, episodeNow, frameAt, idle, pull, ring, STEPS, until, useDrawingSession } from '../helpers/drawingSession.ts'; // prettier-ignore

useDrawingSession();

const LOOK = { mask: null, how: 'silent', lesions: NO_LESIONS, live: false } as const;
const scale = (change: object = {}) =>
  ask({ type: 'surpriseScale', ...LOOK, steps: STEPS, ...change });
const data = () => ask({ type: 'selectDataset', dataset: 'synthetic' });
/** Settles an empty page, and says how it surprised at each step. */
async function settleBlank(mask: Uint8Array | null): Promise<number[]> {
  await ask({ type: 'setInput', pixels: new Float32Array(784), mask, input: 1 });
  await ask({ type: 'settle' });
  await idle();
  const episode = await episodeNow();
  return episode.stepOf.map((_, i) => frameAt(episode, i)((f) => f.surprise)[0]!);
}
const expectBlank = (report: SurpriseReport, surprise: readonly number[]) => {
  expect(report.spread).toHaveLength(surprise.length);
  surprise.forEach((nats, step) => expect(report.spread[step]!.blank).toBeCloseTo(nats, 3));
};

describe('a frame’s surprise', () => {
  test('is −log p of the pixels that are seen, whatever is imagined', async () => {
    await draw(7, true);
    await ask({ type: 'settle' });
    await idle();
    const { pixels, mask } = ring(7, true);
    const episode = await episodeNow();
    for (const index of [0, -1]) {
      const mu = frameAt(episode, index)((f) => f.predictions[0]!);
      const want = mu.reduce(
        (sum, p, i) => sum - mask![i]! * Math.log(pixels[i]! > 0.5 ? p : 1 - p),
        0,
      );
      expect(frameAt(episode, index)((f) => f.surprise)[0]).toBeCloseTo(want, 3);
    }
    // At step 0 nothing is predicted: every pixel that is seen costs log 2.
    expect(frameAt(episode, 0)((f) => f.surprise)[0]).toBeCloseTo(392 * Math.LN2, 3);
  });
});

describe('the scale of surprise', () => {
  test('is measured beside everything else, in order, and is of the drawing’s own way to settle', async () => {
    await data();
    await draw();
    const before = tf.memory().numTensors;
    const measuring = scale();
    await until(({ background }) => (background?.fraction ?? 0) > 0);
    await ask({ type: 'settle' });
    await idle(); // a whole episode meanwhile
    expect((await pull()).background).not.toBeNull();
    const report = await measuring;
    for (const { least, p5, p25, p50, p75, p95, most } of report.spread) {
      const values = [least, p5, p25, p50, p75, p95, most];
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    expect(report).toMatchObject({ images: 200, look: LOOK });
    expect((await pull()).background).toBeNull();
    await draw();
    expect(tf.memory().numTensors).toBe(before);
    expectBlank(report, await settleBlank(null));
  });

  test('is another one for another part hidden, another β, another rule, and where something is cut', async () => {
    await data();
    await draw();
    const { mask } = ring(7, true);
    const median = ({ spread }: SurpriseReport) => spread.at(-1)!.p50;
    const whole = await scale();
    const hidden = await scale({ mask });
    expectBlank(hidden, await settleBlank(mask));
    // Half the pixels, about half the surprise.
    expect(median(hidden)).toBeLessThan(0.7 * median(whole));
    expect(median(await scale({ mask, how: 'eq19' }))).not.toBeCloseTo(median(hidden), 2);
    const lesions = { ...NO_LESIONS, precision: true, topDown: true };
    expect(median(await scale({ lesions }))).not.toBeCloseTo(median(whole), 2);
    expect(median(await scale({ live: true }))).not.toBeCloseTo(median(whole), 2);
    await ask({ type: 'changeSettings', settings: { beta: 0.05 } });
    const slow = await scale();
    expect(slow.steering.beta).toBe(0.05);
    expect(median(slow)).not.toBeCloseTo(median(whole), 2);
    await expect(scale({ lesions: { ...NO_LESIONS, layers: [9] } })).rejects.toThrow(/no layer 9/);
  });

  test('ends with "cancel", with the next question, with a weight update, and says that there are no data', async () => {
    await expect(scale()).rejects.toThrow(/dataset/);
    await data();
    await draw();
    const cancelled = async (act: () => Promise<unknown>) => {
      const measuring = scale();
      const refused = expect(measuring).rejects.toMatchObject({ kind: 'cancelled' });
      await until(({ background }) => (background?.fraction ?? 0) > 0);
      await act();
      await refused;
    };
    await cancelled(() => ask({ type: 'cancel' }));
    expect((await pull()).background).toBeNull();
    await cancelled(() => ask({ type: 'weightUpdate', of: 'input' }));
    await cancelled(() => ask({ type: 'changeSettings', settings: { beta: 0.2 } }));
    await cancelled(() => scale({ steps: 1 }));
    await cancelled(() => ask({ type: 'reseed', seed: 3 }));
    expect((await pull()).background).toBeNull();
  });
});
