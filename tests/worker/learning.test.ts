import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, beforeEach, afterEach, describe, expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import { imagesOf } from '../../src/data/dataset.ts';
import { loadSynthetic } from '../../src/data/synthetic.ts';
import { rightHalfHidden } from '../../src/engine/measures/completion.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { StopRule } from '../../src/protocol/learning.ts';
import { EXAMPLES, NO_STOP } from '../../src/protocol/learning.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { intensityBytes } from '../../src/shared/bytes.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import { conditionOf, layerHealth } from '../../src/worker/learning/health.ts';
import { exampleImages, momentOf, signedBytes } from '../../src/worker/learning/moments.ts';
import { Past, readPast, writePast } from '../../src/worker/learning/past.ts';
import type { Standing } from '../../src/worker/learning/stopWatch.ts';
import { StopWatch } from '../../src/worker/learning/stopWatch.ts';
import { Network } from '../../src/worker/network.ts';
import { Session } from '../../src/worker/session.ts';
import { moment } from '../fakes/engine.ts';
import { smallConfig } from '../helpers/models.ts';

/* A training as one watches it: its end, its past, its health. */

const at = (change: Partial<Standing> = {}): Standing => ({
  ...{ epoch: 0, ofEpoch: 0, measured: null, secondsAnEpoch: null },
  ...change,
});
const rule = (change: Partial<StopRule>): StopRule => ({ ...NO_STOP, ...change });
const measured = (updates: number, bce: number) => at({ measured: { updates, bce } });

describe('training ends by itself', () => {
  test('after so many epochs; one that had begun counts', () => {
    const watch = StopWatch.begin(rule({ epochs: 2 }), at({ epoch: 3, ofEpoch: 0.5 }));
    expect(watch.ends(at({ epoch: 4, ofEpoch: 0.99 }))).toBeNull();
    expect(watch.ends(at({ epoch: 5 }))).toMatch(/2 epochs are done/);
    // Half an epoch and a whole one: at the end of the first half a third is done.
    const { fraction, secondsLeft } = watch.status(at({ epoch: 4, secondsAnEpoch: 60 }));
    expect(fraction).toBeCloseTo(1 / 3);
    expect(secondsLeft).toBe(60);
  });

  test('after so many minutes, pauses not counted', () => {
    let now = 0;
    const watch = StopWatch.begin(rule({ minutes: 2 }), at(), () => now);
    watch.runs(true);
    now = 90_000;
    watch.runs(false);
    now = 9_000_000;
    expect(watch.ends(at())).toBeNull();
    expect(watch.status(at())).toMatchObject({ fraction: 0.75, secondsLeft: 30 });
    watch.runs(true);
    now += 31_000;
    expect(watch.ends(at())).toMatch(/2 minutes are over/);
  });

  test('at a validation BCE; where it is there already, that is said at once', () => {
    const watch = StopWatch.begin(rule({ bce: 60 }), measured(10, 70));
    expect(watch.ends(measured(20, 60.5))).toBeNull();
    expect(watch.ends(measured(30, 59.5))).toMatch(/59\.5 nats/);
    expect(() => StopWatch.begin(rule({ bce: 60 }), measured(10, 60))).toThrow(
      /60\.0 nats already/,
    );
  });

  test('when it gets no better: measurements count, not batches', () => {
    const watch = StopWatch.begin(rule({ patience: 2 }), measured(10, 70));
    expect(watch.ends(measured(20, 71))).toBeNull();
    expect(watch.ends(measured(20, 71))).toBeNull();
    expect(watch.ends(measured(30, 69))).toBeNull();
    expect(watch.ends(measured(40, 69))).toBeNull();
    expect(watch.status(at()).noBetter).toBe(1);
    expect(watch.ends(measured(50, 69.5))).toMatch(/2 measurements.*69\.0 nats/);
  });

  test('by whatever comes first, which is also what the time left is of', () => {
    const watch = StopWatch.begin(rule({ epochs: 10, minutes: 1 }), at(), () => 0);
    expect(watch.status(at({ epoch: 1, secondsAnEpoch: 5 })).secondsLeft).toBe(45);
    expect(watch.status(at({ epoch: 1, secondsAnEpoch: 50 })).secondsLeft).toBe(60);
  });
});

test('what has been counted towards an end is counted on from, pauses left out', () => {
  let now = 0;
  const ends = rule({ epochs: 2, minutes: 3, patience: 2 });
  const first = StopWatch.begin(ends, at({ epoch: 3, ofEpoch: 0.5 }), () => now);
  first.runs(true);
  first.ends(measured(10, 70));
  first.ends(measured(20, 71));
  now = 120_000;
  const { count } = first;
  const stands = first.status(at({ epoch: 4, secondsAnEpoch: 60 }));
  const later = new StopWatch(ends, count, () => now);
  now = 9_000_000;
  later.runs(true);
  // The measurement that it knows counts once.
  expect(later.ends(measured(20, 71))).toBeNull();
  expect(later.status(at({ epoch: 4, secondsAnEpoch: 60 }))).toEqual(stands);
  expect(later.count).toEqual(count);
  expect(later.ends(measured(30, 70.5))).toMatch(/2 measurements.*70\.0 nats/);
  expect(later.ends(at({ epoch: 5 }))).toMatch(/2 epochs are done/);
  now += 61_000;
  expect(later.ends(at({ epoch: 4 }))).toMatch(/3 minutes are over/);
});

describe('the past of a run', () => {
  test('tells what is predicted of whole images, and what is made up of their halves', async () => {
    await tf.setBackend('cpu');
    const config = smallConfig('gncn-pdh', { sizes: [784, 6, 6, 8], weightScale: 0.4 });
    const network = await Network.fresh(config, 3, 'a network', opByOp);
    const held = exampleImages((await loadSynthetic({ trainCount: 60, testCount: 60 })).test);
    const { reconstructed, completed } = await momentOf(network, held);
    const x = tf.tensor2d(imagesOf(held).read(0, EXAMPLES), [EXAMPLES, 784]);
    const seen = await network.image.perceive(x);
    expect(reconstructed).toEqual(intensityBytes(await seen.predicted.data()));
    const mask = tf.tile(tf.tensor2d(rightHalfHidden(784), [1, 784]), [EXAMPLES, 1]);
    const whole = await network.image.complete(x, mask);
    expect(completed).toEqual(intensityBytes(await whole.picture.data()));
    expect(completed).not.toEqual(reconstructed);
  });

  test('is kept at growing intervals', () => {
    const past = new Past();
    for (let updates = 0; updates <= 10_000; updates++)
      if (past.isDue(updates)) past.keep(moment(updates), updates);
    const kept = past.moments.map(({ imagesSeen }) => imagesSeen);
    expect(kept.slice(0, 10)).toEqual([0, 1, 3, 5, 7, 9, 12, 15, 19, 24]);
    expect(kept.length).toBeLessThan(50);
    expect(kept.at(-1)).toBeGreaterThan(10_000 / 1.25 - 1);
  });

  test('comes back from its text; what is none is refused in a sentence', () => {
    const moments = [moment(0, 3), { ...moment(20, 9), samples: new Uint8Array(0) }];
    const said = writePast(moments);
    expect(readPast(said, 'a')).toEqual(moments);
    for (const broken of [
      '',
      '{}',
      said.replace('"version":1', '"version":7'),
      said.replace(/"fields":"..../, '"fields":"*!$%'),
      said.replace(/"fields":"..../, '"fields":"'),
    ])
      // prettier-ignore
      expect(() => readPast(broken, 'a')).toThrow(/a is broken: /);
  });

  test('signed pictures: each by its own largest value, 128 is zero', () => {
    expect([...signedBytes([-2, 0, 1, 2])]).toEqual([1, 128, 192, 255]);
    expect([...signedBytes([0, 0])]).toEqual([128, 128]);
  });
});

describe('health', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('who never fires, and who never wins its column', async () => {
    // Three columns of two; neuron 1 fires but never wins, neuron 3 is silent, and so is the last column: nobody wins it.
    const activity = tf.tensor2d([[2, 1, 0, 0, 0, 0], [3, 1, 0.5, 0, 0, 0]]); // prettier-ignore
    const found = await layerHealth({ lateral: 'groups', groups: [2] }, 1, activity);
    expect(found).toEqual({ layer: 1, neurons: 6, neverActive: 3, neverWin: 4 });
    const alone = await layerHealth({ lateral: 'none', groups: [2] }, 1, activity);
    expect(alone.neverWin).toBeNull();
  });

  test('the condition of a matrix: its largest by its smallest eigenvalue', () => {
    // Rotated by 30°: eigenvalues 8 and 0.5.
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    const matrix = Float64Array.of(8 * c * c + 0.5 * s * s, 7.5 * c * s, 7.5 * c * s, 8 * s * s + 0.5 * c * c); // prettier-ignore
    expect(conditionOf(matrix, 2)).toBeCloseTo(16, 6);
    expect(conditionOf(Float64Array.of(1, 2, 2, 1), 2)).toBe(Infinity);
  });
});

describe('in a session', () => {
  const SETTINGS = { sizes: [784, 12, 12], groups: [4, 4], steps: 6, batch: 20 };
  let shelf: Shelf;
  let session: Session;
  const ask = <R extends Request>(request: R, one = session) =>
    one.handle(request) as Promise<Results[R['type']]>;
  const pull = () => ask({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });
  const opened = async (on: Shelf) => {
    session = new Session(() => Promise.resolve(on));
    await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SETTINGS }); // prettier-ignore
  };
  const idle = () => until(async () => expect((await pull()).activity).toBe('idle'));

  beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
  beforeEach(async () => {
    shelf = memoryShelf();
    await opened(shelf);
  });
  afterEach(() => session.handle({ type: 'pause' }));

  test('training ends by its rule, says why, is kept, and goes on when it is started again', async () => {
    await ask({ type: 'setStop', rule: rule({ patience: 1 }) });
    // A rate at which it unlearns.
    await ask({ type: 'changeSettings', settings: { learningRate: 5, maxNorm: 1000 } });
    await ask({ type: 'startTraining' });
    const said: string[] = [];
    await until(async () => {
      const { activity, notices } = await pull();
      said.push(...notices.map(({ text }) => text));
      expect(activity).toBe('idle');
    });
    expect(said.join(' ')).toMatch(/Training has ended: 1 measurement was no better/);
    const { training, autosave } = await pull();
    expect(training!.stop).toBeNull();
    expect(autosave.card).toMatchObject({ underway: false, imagesSeen: training!.imagesSeen });
    await ask({ type: 'setStop', rule: NO_STOP });
    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).training!.updates).toBeGreaterThan(training!.updates)); // prettier-ignore
  });

  test('an end that is reached already is refused, and nothing starts', async () => {
    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).training!.validationBce).not.toBeNull()); // prettier-ignore
    await expect(ask({ type: 'setStop', rule: rule({ bce: 1_000 }) })).rejects.toThrow(/already/);
    await ask({ type: 'pause' });
    await ask({ type: 'setStop', rule: rule({ bce: 1_000 }) });
    await expect(ask({ type: 'startTraining' })).rejects.toThrow(/already/);
    expect((await pull()).activity).toBe('idle');
  });

  test('the past grows while it learns, comes back with the run, and disturbs nothing', async () => {
    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).training!.updates).toBeGreaterThan(6)); // prettier-ignore
    await ask({ type: 'pause' });
    const { training } = await pull();
    const card = await until(async () => {
      const { autosave } = await pull();
      expect(autosave.card?.imagesSeen).toBe(training!.imagesSeen);
      return autosave.card!;
    });
    const seen = await ask({ type: 'moments', from: 0 });
    expect(seen.past.map(({ imagesSeen }) => imagesSeen / 20).slice(0, 4)).toEqual([0, 1, 3, 5]); // prettier-ignore
    expect(seen.past).toHaveLength(training!.moments);
    expect(seen.now.imagesSeen).toBe(training!.imagesSeen);
    expect(seen.examples).toHaveLength(EXAMPLES * 784);
    expect(seen.now.reconstructed).toHaveLength(EXAMPLES * 784);
    expect(seen.now.samples).toHaveLength(EXAMPLES * 784);
    // Nothing is learnt from yet where nothing was seen: no samples.
    expect(seen.past[0]!.samples).toHaveLength(0);
    // What is seen of a half stays as it is; what is hidden is made up.
    const left = (pictures: Uint8Array) => pictures.filter((_, i) => i % 28 < 14);
    const seenHalf = left(seen.examples).map((byte) => (byte > 127 ? 255 : 0));
    expect(left(seen.now.completed)).toEqual(seenHalf);
    expect(seen.now.completed).not.toEqual(seen.past[0]!.completed);

    await opened({ ...shelf, claim: memoryShelf().claim });
    await ask({ type: 'goOn', id: card.id });
    const later = await ask({ type: 'moments', from: 2 });
    expect(later.past).toEqual(seen.past.slice(2));
    // The samples of now are of a prior of images seen since: there are none yet.
    expect({ ...later.now, samples: null }).toEqual({ ...seen.now, samples: null });
  });

  test('health tells of every layer, matrix and covariance; looking changes nothing', async () => {
    await ask({ type: 'weightUpdate', of: 'training' });
    const before = await ask({ type: 'saveModel' });
    const { layers, matrices, covariances, images } = await ask({ type: 'health' });
    await ask({ type: 'moments', from: 0 });
    expect(images).toBe(100);
    expect(layers.map(({ layer, neurons }) => [layer, neurons])).toEqual([[1, 12], [2, 12]]); // prettier-ignore
    expect(matrices.map(({ name }) => name)).toEqual(['W1', 'W2', 'E1', 'E2', 'M2']);
    for (const { atLimit, vectors, largest, limit } of matrices) {
      expect(atLimit).toBeLessThanOrEqual(vectors);
      expect(largest).toBeLessThanOrEqual(limit * 1.0001);
    }
    expect(covariances.map(({ name }) => name)).toEqual(['Sigma1']);
    expect(covariances[0]!.condition).toBeGreaterThanOrEqual(1);
    expect((await ask({ type: 'saveModel' })).bytes).toEqual(before.bytes);
  });

  test('curves tell M-MSE and the change of every matrix', async () => {
    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).training!.updates).toBeGreaterThan(2)); // prettier-ignore
    await ask({ type: 'pause' });
    await idle();
    const { history, training } = await pull();
    const points = history.points.filter(({ mmse }) => mmse !== null);
    expect(points.length).toBeGreaterThan(1);
    expect(training!.mmse).toBe(points.at(-1)!.mmse);
    const learnt = history.points.filter(({ trainBce }) => trainBce !== null);
    for (const { weightChanges } of learnt) {
      expect(weightChanges).toHaveLength(5);
      for (const change of weightChanges) expect(change).toBeGreaterThan(0);
    }
  });
});
