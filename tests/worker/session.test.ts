import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { frameLayout, readSection } from '../../src/protocol/frame.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import type { Have, Snapshot } from '../../src/protocol/snapshot.ts';
import { saveModel } from '../../src/models/files.ts';
import { messageOf } from '../../src/shared/errors.ts';
import { Session } from '../../src/worker/session.ts';
import { SMALL_BASELINES } from '../helpers/baselines.ts';

/*
 * The worker's side of the page, driven as the page drives it, on the cpu backend with small networks.
 */
const NOTHING: Have = { episode: 0, frames: 0, run: 0, points: 0 };
const SETTINGS = { sizes: [784, 12, 12], steps: 6, batch: 20 };

let session: Session;
const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;
const pull = (have: Have = NOTHING) => ask({ type: 'pull', have });

/** Waits until a snapshot says so. */
async function until(said: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  for (let tries = 0; tries < 4000; tries++) {
    const snapshot = await pull();
    if (said(snapshot)) return snapshot;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never happened');
}
const idle = () => until(({ activity }) => activity === 'idle');

/** Half a ring, the right half hidden. */
function drawing() {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => {
    const r = Math.hypot((i % 28) - 13.5, Math.floor(i / 28) - 13.5);
    return r > 6 && r < 9 ? 1 : 0;
  });
  const mask = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 1 : 0));
  return { type: 'setInput', pixels, mask, input: 1 } as const;
}

const own = (seed = 1) =>
  ({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed, settings: SETTINGS }) as const;
const fields = async () => [...(await ask({ type: 'fields', layer: 1 })).values];

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  session = new Session();
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask(own());
});
afterEach(() => session.handle({ type: 'pause' }));

test('a report says what the variant is, so that the page need not know its name', async () => {
  const parts = { feedback: 'error-synapses', target: 'activity', auxiliary: true };
  expect((await pull()).model!.definition).toMatchObject(parts);
  await ask({ ...own(), variant: 'gncn-t1' });
  const t1 = { feedback: 'transpose', target: 'state', auxiliary: false };
  expect((await pull()).model!.definition).toMatchObject(t1);
});

describe('settling the drawing', () => {
  test('one episode: steps 0 to T in order, the seen half untouched, the hidden half imagined', async () => {
    const input = drawing();
    await ask(input);
    await ask({ type: 'settle' });
    await idle();
    const { episode } = await pull();
    expect(episode).toMatchObject({ kind: 'input', masked: true, from: 0 });
    expect(episode!.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const layout = frameLayout(episode!.sizes);
    expect(episode!.frames).toHaveLength(7 * layout.stride);
    const x = (step: number) => readSection(episode!.frames, layout, step, layout.input);
    const last = x(6);
    input.pixels.forEach((value, i) => {
      if (input.mask[i]) expect(last[i]).toBe(value);
      else expect(x(0)[i]).toBe(0.5); // what states at zero predict
    });
    expect(last.some((value, i) => !input.mask[i] && value > 0)).toBe(true);
  });

  test('a pull carries only what the page does not have', async () => {
    await ask(drawing());
    await ask({ type: 'settlingStep', of: 'input' });
    await ask({ type: 'settlingStep', of: 'input' });
    const first = (await pull()).episode!;
    expect(first.stepOf).toEqual([0, 1]);
    await ask({ type: 'settlingStep', of: 'input' });
    const more = (await pull({ ...NOTHING, episode: first.id, frames: 2 })).episode!;
    expect(more).toMatchObject({ id: first.id, from: 2, stepOf: [2] });
  });

  test('impatient clicks start one loop, not several', async () => {
    await ask(drawing());
    await Promise.all(Array.from({ length: 4 }, () => ask({ type: 'settle' })));
    await idle();
    expect((await pull()).episode!.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('a pause is obeyed at once at the slowest speed, wherever it comes', async () => {
    await ask(drawing());
    await ask({ type: 'setSpeed', stepsPerSecond: 0.25 });
    for (let i = 0; i < 2; i++) {
      await ask({ type: 'settle' });
      // Right after the start the step itself is under way; a little later the wait after it.
      if (i === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      const startedAt = performance.now();
      await ask({ type: 'pause' });
      expect(performance.now() - startedAt).toBeLessThan(1000);
    }
  });

  test('a weight update learns from the drawing; a rewind undoes it to the bit', async () => {
    const before = await fields();
    await ask(drawing());
    await ask({ type: 'weightUpdate', of: 'input' });
    expect(await fields()).not.toEqual(before);
    await ask({ type: 'rewind' });
    expect(await fields()).toEqual(before);
  });

  test('without a drawing it says what to do', async () => {
    await expect(ask({ type: 'settle' })).rejects.toThrow(/draw something/);
  });
});

describe('training', () => {
  beforeEach(() => ask({ type: 'selectDataset', dataset: 'synthetic' }));

  test('at full speed there is always something to see: a new batch takes the place of the old when it has a frame', async () => {
    await ask({ type: 'startTraining' });
    await until(({ episode }) => (episode?.stepOf.length ?? 0) > 0);
    const seen = new Set<number>();
    await until(({ episode }) => {
      expect(episode!.stepOf.length).toBeGreaterThan(0);
      return seen.add(episode!.id).size >= 3;
    });
    await ask({ type: 'pause' });
  });

  test('trains, measures, pauses where it is, goes on, and rewinds to the same synapses', async () => {
    const before = await fields();
    await ask({ type: 'startTraining' });
    const { training, history } = await until(({ training: t }) => (t?.updates ?? 0) >= 3);
    expect(training!.imagesSeen).toBe(20 * training!.updates);
    expect(training!.imagesPerEpoch).toBe(9_000); // a tenth of the 10,000 is held out
    expect(training!.validationBce).toBeGreaterThan(0);
    expect(history.points[0]).toMatchObject({ imagesSeen: 0, trainBce: null });
    expect(history.points.filter((p) => p.trainBce !== null).length).toBeGreaterThanOrEqual(3);
    await ask({ type: 'pause' });
    const paused = await pull();
    expect(paused.activity).toBe('idle');
    await ask({ type: 'weightUpdate', of: 'training' });
    const stepped = await pull();
    expect(stepped.training!.updates).toBe(paused.training!.updates + 1);
    expect(stepped.weightsVersion).toBeGreaterThan(paused.weightsVersion);

    const again = await ask({ type: 'rewind' });
    expect(again.imagesSeen).toBe(0);
    expect(await fields()).toEqual(before);
    expect((await pull()).history.points).toEqual([]);
  });

  test('numbers of training have a date, and a pace only while and once it has one', async () => {
    await ask({ type: 'startTraining' });
    const early = await until(({ training: t }) => (t?.updates ?? 0) >= 1);
    expect(early.training).toMatchObject({ imagesPerSecond: null, secondsLeftInEpoch: null });
    const paced = await until(({ training: t }) => (t?.imagesPerSecond ?? null) !== null);
    expect(paced.training!.imagesPerSecond).toBeGreaterThan(0);
    // The time left needs to be surer.
    expect(paced.training!.secondsLeftInEpoch).toBeNull();
    await ask({ type: 'pause' });
    const { training, history } = await pull();
    expect(training).toMatchObject({ imagesPerSecond: null, secondsLeftInEpoch: null });
    const measured = history.points.findLast(({ validationBce }) => validationBce !== null)!;
    expect(training!.validationBce).toBe(measured.validationBce);
    expect(training!.measured).toEqual({ at: measured.imagesSeen, images: 100 });
    expect(training!.imagesSeen).toBeGreaterThan(training!.measured!.at);
  });

  test('the curves know where a setting was changed', async () => {
    const point = async () => {
      await ask({ type: 'weightUpdate', of: 'training' });
      return (await pull()).history.points.at(-1)!.changes;
    };
    expect(await point()).toEqual([]);
    await ask({ type: 'changeSettings', settings: { beta: 0.2, learningRate: 0.1 } });
    expect(await point()).toEqual([
      { key: 'beta', value: 0.2 },
      { key: 'learningRate', value: 0.1 },
    ]);
    expect(await point()).toEqual([]);
  });

  test('the same seed learns the same; another seed starts elsewhere', async () => {
    const learn = async () => {
      await ask({ type: 'weightUpdate', of: 'training' });
      await ask({ type: 'weightUpdate', of: 'training' });
      return fields();
    };
    const first = await learn();
    await ask({ type: 'rewind' });
    expect(await learn()).toEqual(first);
    await ask({ type: 'reseed', seed: 2 });
    expect(await learn()).not.toEqual(first);
  });

  test('settings that steer keep the network, others make a new one', async () => {
    await ask({ type: 'weightUpdate', of: 'training' });
    const learnt = await fields();
    await ask({ type: 'changeSettings', settings: { learningRate: 0.1 } });
    expect(await fields()).toEqual(learnt);
    const changed = await ask({ type: 'changeSettings', settings: { selfExcitation: 0.3 } });
    expect(changed.config.learningRate).toBe(0.1);
    const fresh = await ask({ type: 'changeSettings', settings: { activation: 'tanh' } });
    expect(fresh.imagesSeen).toBe(0);
    await expect(ask({ type: 'changeSettings', settings: { beta: 7 } })).rejects.toThrow(
      /beta must be a number from 0\.001 to 1/,
    );
  });

  test('a saved network opens again with the same synapses; a broken file changes nothing', async () => {
    await ask({ type: 'weightUpdate', of: 'training' });
    const learnt = await fields();
    const { bytes, name } = await ask({ type: 'saveModel' });
    await ask({ type: 'reseed', seed: 9 });
    const broken = bytes.slice(0, bytes.byteLength - 10);
    const other = await fields();
    await expect(ask({ type: 'openModel', bytes: broken, name })).rejects.toThrow(name);
    expect(await fields()).toEqual(other);
    const opened = await ask({ type: 'openModel', bytes, name });
    expect(opened).toMatchObject({ model: { imagesSeen: 20, title: name }, run: null });
    expect(await fields()).toEqual(learnt);
    const said = async () =>
      (await ask({ type: 'pull', have: { episode: 0, frames: 0, run: 0, points: 0 } })).notices;
    expect(JSON.stringify(await said())).not.toContain('digest');
    // Without its digest it opens, and that is said.
    const text = Buffer.from(bytes).toString('latin1');
    const bare = text.replace(/"digest":"sha256:[0-9a-f]{64}",/, (digest) => ' '.repeat(digest.length)); // prettier-ignore
    await ask({ type: 'openModel', bytes: new Uint8Array(Buffer.from(bare, 'latin1')).buffer, name }); // prettier-ignore
    expect(JSON.stringify(await said())).toContain('carries no digest');
  });

  test('a file of a model that is no network of neural generative coding is refused in a sentence', async () => {
    const before = await fields();
    for (const [name, make] of SMALL_BASELINES) {
      const model = await make({});
      const { title } = model;
      const bytes = (await saveModel(model)).slice().buffer;
      model.dispose();
      const tensors = tf.memory().numTensors;
      await expect(ask({ type: 'openModel', bytes, name })).rejects.toMatchObject({
        kind: 'file',
        message: `${name} holds a ${title}, which the page cannot show.`,
      });
      expect(tf.memory().numTensors).toBe(tensors);
    }
    expect(await fields()).toEqual(before);
  });

  test('samples come from a prior fitted to what it has learnt, and can be cancelled', async () => {
    const sampling = ask({ type: 'sample', count: 9, seed: 1 });
    await until(({ progress }) => (progress?.fraction ?? 0) > 0);
    await ask({ type: 'cancel' });
    await expect(sampling).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await idle()).model!.hasPrior).toBe(false);

    const samples = await ask({ type: 'sample', count: 9, seed: 1 });
    expect(samples.pixels).toHaveLength(9 * 784);
    expect(samples.pixels.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect((await pull()).model!.hasPrior).toBe(true);
    await ask({ type: 'weightUpdate', of: 'training' });
    expect((await pull()).model!.hasPrior).toBe(false); // the prior was of other synapses
  });

  test('rewinding and reseeding leave no tensors behind', async () => {
    await ask({ type: 'weightUpdate', of: 'training' });
    await ask({ type: 'rewind' });
    const before = tf.memory().numTensors;
    for (let seed = 1; seed <= 3; seed++) {
      await ask({ type: 'weightUpdate', of: 'training' });
      await ask({ type: 'settlingStep', of: 'training' });
      await ask({ type: 'reseed', seed });
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('data on their way', () => {
  test('training asked for meanwhile begins when they have come', async () => {
    const loading = ask({ type: 'selectDataset', dataset: 'synthetic' });
    await ask({ type: 'startTraining' });
    await loading;
    await until(({ training }) => (training?.updates ?? 0) >= 1);
  });

  test('a pause meanwhile is obeyed', async () => {
    const loading = ask({ type: 'selectDataset', dataset: 'synthetic' });
    const starting = ask({ type: 'startTraining' });
    await ask({ type: 'pause' });
    await Promise.all([loading, starting]);
    expect((await pull()).activity).toBe('idle');
  });

  test('settling goes on', async () => {
    await ask(drawing());
    await ask({ type: 'settle' });
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    await idle();
    expect((await pull()).episode!.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('data that cannot be had', () => {
  test('at the start the built-in digits take their place, and that is said', async () => {
    const report = await ask({ type: 'selectDataset', dataset: 'kmnist' });
    expect(report.dataset).toBe('synthetic');
    const { notices } = await pull();
    expect(notices.map((notice) => notice.text).join()).toMatch(
      /^KMNIST is not at hand.*synthetic/s,
    );
  });

  test('a file that cannot be read is named, and the page keeps what it had', async () => {
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    const file = new File(['x'], 'train\n-images');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone\nfor good', 'NotReadableError'));
    await expect(ask({ type: 'stageImages', files: [file] })).rejects.toMatchObject({
      kind: 'data',
      message: '"train\\n-images" could not be read (gone\\nfor good).',
    });
    expect((await pull()).dataset!.dataset).toBe('synthetic');
  });

  test('the page is told which sets are missing, so that nobody chooses them in vain', async () => {
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    const { missing } = await until((snapshot) => snapshot.missing.length === 2);
    expect(missing).toEqual(['kmnist', 'caltech101']);
    await ask({ type: 'allowMirrors', datasets: ['fmnist'] });
    await expect(ask({ type: 'selectDataset', dataset: 'fmnist' })).rejects.toThrow(/not at hand/);
    expect((await pull()).missing).toContain('fmnist');
  });

  test('a public mirror is offered, and asked only when its user has said so', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (address: string | URL) => {
      asked.push(String(address));
      return Promise.reject(new Error('no network in tests'));
    });
    const abroad = () => asked.filter((address) => !address.startsWith('http://localhost/'));
    expect((await ask({ type: 'selectDataset', dataset: 'fmnist' })).dataset).toBe('synthetic');
    const { offer, missing, notices } = await pull();
    // The offer says it: nothing says it again.
    expect(notices).toEqual([]);
    const host = 'raw.githubusercontent.com';
    expect(offer).toEqual({ dataset: 'fmnist', title: 'Fashion-MNIST', host, bytes: 30_878_645 });
    expect(missing).not.toContain('fmnist');
    expect(abroad()).toEqual([]);
    await ask({ type: 'allowMirrors', datasets: ['fmnist'] });
    await ask({ type: 'selectDataset', dataset: 'fmnist' }).catch(() => undefined);
    expect(abroad()[0]).toContain(`https://${host}/`);
    expect((await pull()).offer).toBeNull();
    await ask({ type: 'allowMirrors', datasets: [] });
    asked.length = 0;
    await ask({ type: 'selectDataset', dataset: 'fmnist' }).catch(() => undefined);
    expect(abroad()).toEqual([]);
  });

  test('no sentence tells a user to run a command', async () => {
    for (const dataset of ['mnist', 'fmnist', 'kmnist', 'caltech101'] as const)
      await ask({ type: 'selectDataset', dataset }).catch((error: unknown) => {
        const message = messageOf(error);
        expect(message).not.toMatch(/npm|run /);
        expect(message).toMatch(/drop its files on the page/);
      });
  });

  test('later the page keeps what it had', async () => {
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    await expect(ask({ type: 'selectDataset', dataset: 'kmnist' })).rejects.toThrow(
      /KMNIST is not at hand/,
    );
    expect((await pull()).dataset!.dataset).toBe('synthetic');
  });
});
