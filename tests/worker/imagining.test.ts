import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, test } from 'vitest';
import { mixtureToTensors } from '../../src/engine/prior/store.ts';
import { saveModel } from '../../src/models/files.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import {
  SETTINGS,
  STEPS,
  ask,
  draw,
  episodeNow,
  expectArithmetic,
  frameAt,
  idle,
  live,
  pull,
  ring,
  select,
  step,
  until,
  useDrawingSession,
} from '../helpers/drawingSession.ts';

useDrawingSession();

/** The bytes of a small network that brings a prior. */
async function withPrior(variant: 'gncn-pdh' | 'gncn-t1-sigma'): Promise<ArrayBuffer> {
  const config = parseConfig({ variant, ...SETTINGS });
  const model = new NgcImageModel(await Model.create(config, 1), opByOp);
  const mixture = {
    ...({ kind: 'diagonal', components: 2, size: 6 } as const),
    weights: Float32Array.of(0.4, 0.6),
    means: Float32Array.from({ length: 12 }, (_, i) => (i % 4) / 3),
    deviations: new Float32Array(12).fill(0.5),
  };
  const bytes = await saveModel(model, {
    ...{ prior: mixtureToTensors(mixture), checkpoint: false, training: null },
  });
  model.dispose();
  return bytes.slice().buffer;
}
const open = async (variant: 'gncn-pdh' | 'gncn-t1-sigma') =>
  ask({ type: 'openModel', bytes: await withPrior(variant), name: 'a network with a prior' });

beforeEach(() => open('gncn-pdh'));

const FEW = { type: 'imagine', count: 6, keep: 3, seed: 5 } as const;
const { pixels, mask } = ring(7, true);
const pictureAt = (pictures: Float32Array, at: number) => [
  ...pictures.subarray(at * 784, (at + 1) * 784),
];

test('wholes that fit what is seen, from zero steps to T, the best first; the same seed imagines the same', async () => {
  await draw(7, true);
  const report = await ask(FEW);
  expect(report).toMatchObject({ drawn: 6, steps: STEPS, seed: 5 });
  expect(report.version).toBe((await pull()).weightsVersion);
  const nats = report.kept.map(({ seenNats }) => seenNats);
  expect(nats).toHaveLength(3);
  expect(nats).toEqual(nats.toSorted((a, b) => b - a));
  for (const { pictures } of report.kept) {
    expect(pictures).toHaveLength((STEPS + 1) * 784);
    for (let at = 0; at <= STEPS; at++)
      pictureAt(pictures, at).forEach((v, i) => mask![i] === 1 && expect(v).toBe(pixels[i]));
    expect(pictureAt(pictures, 0)).not.toEqual(pictureAt(pictures, STEPS));
  }
  for (const values of [report.mean, report.spread]) expect(values).toHaveLength(784);
  expect(report.spread.every((v, i) => mask![i] === 0 || v === 0)).toBe(true);
  expect(report.spread.filter((v) => v > 0.01).length).toBeGreaterThan(300);
  const before = tf.memory().numTensors;
  expect(await ask(FEW)).toEqual(report);
  expect((await ask({ ...FEW, seed: 6 })).mean).not.toEqual(report.mean);
  expect(tf.memory().numTensors).toBe(before);
  expect((await pull()).imagining).toBeNull();
});

test('one that is taken settles on the stage to what was shown of it, and then goes on like any drawing', async () => {
  for (const lesions of [
    NO_LESIONS,
    { ...NO_LESIONS, lateral: true, units: [{ layer: 3, index: 1 }] },
  ]) {
    await ask({ type: 'setLesions', lesions });
    await ask({ type: 'setCompletion', how: 'eq19' }); // imagining is of its own kind
    await draw(7, true);
    const report = await ask(FEW);
    await ask({ type: 'takeImagining', index: 1 });
    await idle();
    const episode = await episodeNow();
    expect(episode).toMatchObject({ imagining: { seed: 5, index: 1 }, how: 'silent', live: false });
    expect(episode.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expectArithmetic(episode);
    for (const at of [0, STEPS]) {
      const shown = frameAt(episode, at)((f) => f.input);
      const told = pictureAt(report.kept[1]!.pictures, at);
      shown.forEach((v, i) => expect(v).toBeCloseTo(told[i]!, 4));
    }
    // Its states begin as a sample sent down, not at zero.
    expect(frameAt(episode, 0)((f) => f.z[0]!).some((v) => v !== 0)).toBe(true);
    await step(1);
    expect(await episodeNow()).toMatchObject({ id: episode.id, steps: STEPS + 1 });
    await ask({ type: 'takeImagining', index: null });
    await idle();
    const zero = await episodeNow();
    expect(zero).toMatchObject({ imagining: null, how: 'eq19' });
    expect(frameAt(zero, 0)((f) => f.z[0]!).every((v) => v === 0)).toBe(true);
  }
});

test('of something else than what is drawn, cut, set or learnt now none can be taken', async () => {
  await draw(7, true);
  await expect(ask({ type: 'takeImagining', index: 0 })).rejects.toThrow(/imagine again/);
  await ask(FEW);
  await expect(ask({ type: 'takeImagining', index: 3 })).rejects.toThrow(/0 to 2, not 3/);
  await draw(7, true); // the same picture once more
  await ask({ type: 'takeImagining', index: 0 });
  const changes = [
    () => draw(9, true),
    () => draw(7, false),
    () => ask({ type: 'setLesions', lesions: { ...NO_LESIONS, layers: [2] } }),
    () => ask({ type: 'changeSettings', settings: { beta: 0.2 } }),
    () => open('gncn-pdh'),
  ];
  for (const change of changes) {
    await ask({ type: 'setLesions', lesions: NO_LESIONS });
    await draw(7, true);
    await ask(FEW);
    await change();
    await expect(ask({ type: 'takeImagining', index: 0 })).rejects.toThrow(/imagine again/);
  }
});

test('is given up when it is cancelled, asked anew, or the drawing changes; the stage goes on meanwhile', async () => {
  await ask({ type: 'changeSettings', settings: { steps: 200 } });
  await draw(7, true);
  const cancelled = { kind: 'cancelled' };
  const before = tf.memory().numTensors;
  for (const end of [
    () => ask({ type: 'cancel' }),
    () => draw(9, true),
    () => ask({ type: 'setLesions', lesions: { ...NO_LESIONS, leak: true } }),
  ]) {
    const refused = expect(ask(FEW)).rejects.toMatchObject(cancelled);
    await until(({ imagining }) => (imagining?.fraction ?? 0) > 0);
    await end();
    await refused;
    expect((await pull()).imagining).toBeNull();
  }
  const first = expect(ask(FEW)).rejects.toMatchObject(cancelled);
  const second = ask({ ...FEW, seed: 9 });
  await first;
  expect((await second).seed).toBe(9);
  await draw(7, true);
  expect(tf.memory().numTensors).toBe(before);
  const imagined = ask(FEW);
  await ask({ type: 'settle' });
  await until(({ imagining, episode }) => imagining !== null && (episode?.stepOf.length ?? 0) > 3);
  await imagined;
});

test('nothing hidden, nothing to imagine; live too; without a prior, and data to fit one to, it says so', async () => {
  await draw(7, false);
  await expect(ask(FEW)).rejects.toThrow(/nothing to imagine/);
  await live(7, true);
  expect((await ask(FEW)).kept).toHaveLength(3);
  await open('gncn-t1-sigma');
  await draw(7, true);
  expect((await ask({ ...FEW, keep: 9 })).kept).toHaveLength(6);
  await select('gncn-pdh');
  await draw(7, true);
  await expect(ask(FEW)).rejects.toThrow(/needs? a prior.*dataset/);
});
