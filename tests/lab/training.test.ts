import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

import { heldOut } from '../../src/data/batches.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import { generates } from '../../src/engine/model.ts';
import { trainingName } from '../../src/experiments/cells.ts';
import type { Training } from '../../src/experiments/experiment.ts';
import { decodeModel } from '../../src/io/modelFile.ts';
import type { Course } from '../../src/lab/course.ts';
import { BEGINNING, isBest, isWorn, looked } from '../../src/lab/course.ts';
import { holdOut, imageSource, subsetOf } from '../../src/lab/splits.ts';
import { filesOf, TrainedFiles } from '../../src/lab/trainedFiles.ts';
import type { Outcome } from '../../src/lab/training.ts';
import { trainedModel } from '../../src/lab/training.ts';
import { FAMILIES } from '../../src/models/families.ts';
import type { Family } from '../../src/models/family.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Work } from '../../src/lab/work.ts';
import { NgcError } from '../../src/shared/errors.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import { useBackend } from '../helpers/backends.ts';
import type { LinearAutoencoder } from '../helpers/linearFamily.ts';
import { linear } from '../helpers/linearFamily.ts';
import { LINEAR, NETWORK, silentWork, smallData } from './support.ts';

const data = smallData(220, 20);
const images = imageSource(async () => data);

beforeAll(() => useBackend('wasm'));

/** Trains on a shelf; `stopAt` stops it at the pause of that number. */
function run(
  training: Training,
  shelf: Shelf,
  stopAt?: number,
  told: string[] = [],
  families: readonly Family[] = [...FAMILIES, linear],
  causeOf?: Work['causeOf'],
) {
  const files = new TrainedFiles(shelf, opByOp, families, (sentence) => told.push(sentence));
  const work = { ...silentWork(stopAt), ...(causeOf && { causeOf }) };
  const context = { files, executor: opByOp, families, work };
  return trainedModel(training, () => images(training.dataset, training), context);
}

function done(outcome: Outcome | null) {
  if (outcome?.state !== 'done') throw new Error('It is not done.');
  outcome.trained.model.dispose();
  return outcome.trained;
}

const withoutSeconds = ({ curve }: Course) => ({ ...curve, seconds: [] });

describe('the images of a training', () => {
  it('hold out a tenth of a small set, the same for every seed, and learn from the rest', () => {
    const { validation, rest } = holdOut(data.train);
    expect([validation.count, rest.count]).toEqual([22, 198]);
    const keys = ({ pixels, count }: typeof rest) =>
      Array.from({ length: count }, (_, i) => pixels.subarray(i * 784, (i + 1) * 784).join());
    const out = new Set(keys(validation));
    expect(keys(rest).filter((key) => out.has(key))).toEqual([]);
    const first = heldOut(data.train, 22, 1)[0]!;
    expect(validation.labels![0]).toBe(data.train.labels![first]);
  });

  it('are the first of a shuffle by the seed: a larger subset holds the smaller', () => {
    const { rest } = holdOut(data.train);
    const [small, large] = [10, 50].map((count) => subsetOf(rest, count, 4));
    expect(large!.pixels.subarray(0, 10 * 784)).toEqual(small!.pixels);
    expect(subsetOf(rest, 10, 5).pixels).not.toEqual(small!.pixels);
    expect(subsetOf(rest, null, 5)).toBe(rest);
  });

  it('are refused where the part of Fashion-MNIST stands for the whole', async () => {
    await expect(images('fmnist')).rejects.toThrow(/All of Fashion-MNIST is needed/);
    await expect(images('fmnist-part')).resolves.toMatchObject({ validation: { count: 22 } });
  });
});

describe.each([
  ['a linear autoencoder', LINEAR],
  ['a network', NETWORK],
])('training %s', (_, training) => {
  it('looks every so many images and at the end, and keeps the model alone', async () => {
    const shelf = memoryShelf();
    const { course } = done(await run(training, shelf));
    const total = training.stages.at(-1)!.images;
    const { curve } = course;
    // Batches of 20, but the last of an epoch of 150 images is one of 10.
    expect(curve.images.at(-1)).toBe(training === LINEAR ? 400 : 210);
    expect(curve.images.at(-1)).toBeGreaterThanOrEqual(total);
    const crossed = curve.images.map((n) => Math.floor(n / training.every));
    expect(crossed.slice(0, -1)).toEqual(crossed.slice(0, -1).map((_, i) => i + 1));
    expect(curve.validation.at(-1)!).toBeLessThan(curve.validation[0]!);
    expect(curve.seconds.every((s, i) => s > (curve.seconds[i - 1] ?? 0))).toBe(true);
    expect(await shelf.list('')).toEqual([filesOf(trainingName(training)).model]);
  });

  it('stopped anywhere and gone on with, gives the same numbers as never stopped', async () => {
    const straight = memoryShelf();
    const before = tf.memory().numTensors;
    const whole = done(await run(training, straight));
    expect(tf.memory().numTensors).toBe(before);
    const name = filesOf(trainingName(training)).model;
    const files = new TrainedFiles(straight, opByOp, [...FAMILIES, linear], () => undefined);
    const file = await files.read(trainingName(training));
    const wanted = await file!.model.parameters();
    file!.model.dispose();
    const parts = memoryShelf();
    let stops = 0;
    let found: Outcome | null = null;
    while (!found)
      try {
        found = await run(training, parts, 7 + stops);
      } catch {
        stops++;
        if (stops > 60) throw new Error(`It never ends: ${(await parts.list('')).join()}`);
      }
    expect(stops).toBeGreaterThan(1);
    if (found.state !== 'done') throw new Error('It is not done.');
    expect(await found.trained.model.parameters()).toEqual(wanted);
    expect(withoutSeconds(found.trained.course)).toEqual(withoutSeconds(whole.course));
    found.trained.model.dispose();
    expect(await parts.list('')).toEqual([name]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('learns with its own settings, and is looked at and kept with those for reading', async () => {
  const outcome = await run(NETWORK, memoryShelf());
  if (outcome?.state !== 'done') throw new Error('It is not done.');
  const { model, course } = outcome.trained;
  expect(model.config).toMatchObject({ steps: 6, learningRate: 0.0005 });
  const { validation } = await images('mnist');
  if (!generates(model)) throw new Error('It does not generate.');
  const { bce } = await measureReconstruction(model, imagesOf(validation), { batch: 20 });
  expect(course.curve.validation.at(-1)).toBeCloseTo(bce, 4);
  model.dispose();
  const { course: short } = done(await run({ ...NETWORK, reading: {} }, memoryShelf()));
  expect(short.curve.train).toEqual(course.curve.train);
  expect(short.curve.validation.at(-1)).not.toBeCloseTo(bce, 2);
});

it('is looked at on as many validation images as it says', async () => {
  const outcome = await run({ ...LINEAR, looksAt: 7 }, memoryShelf());
  if (outcome?.state !== 'done') throw new Error('It is not done.');
  const { model, course } = outcome.trained;
  const { validation } = await images('mnist');
  if (!generates(model)) throw new Error('It does not generate.');
  const seven = imagesOf(validation, Uint32Array.of(0, 1, 2, 3, 4, 5, 6));
  const { bce } = await measureReconstruction(model, seven, { batch: 20 });
  expect(course.curve.validation.at(-1)).toBeCloseTo(bce, 4);
  model.dispose();
});

describe('patience', () => {
  const course = (values: readonly number[]) =>
    values.reduce((so, value, i) => looked(so, i + 1, value), BEGINNING);

  it('is lost when so many looks in a row were no better', () => {
    const training = { ...LINEAR, patience: 2 };
    expect(isWorn(course([5, 4, 4]), training)).toBe(false);
    expect(isWorn(course([5, 4, 4, 6]), training)).toBe(true);
    expect(isWorn(course([5, 4, 6, 3]), training)).toBe(false);
    expect(isBest(course([5, 4, 6, 3]))).toBe(true);
    expect(isWorn(course([5, 6, 7, 8]), LINEAR)).toBe(false);
  });

  it('ends a training that gets worse, and keeps its best', async () => {
    const stages = [
      { images: 200, settings: { batch: 20, rate: 0.005 } },
      { images: 9_000, settings: { rate: 0.1 } },
    ];
    const training = { ...LINEAR, stages, every: 40, patience: 3 };
    const { course, model } = done(await run(training, memoryShelf()));
    const { images: seen, validation } = course.curve;
    expect(seen.at(-1)).toBeLessThan(9_000);
    expect(seen.length - 1 - course.best).toBe(3);
    expect(validation[course.best]).toBe(Math.min(...validation.map((value) => value!)));
    expect(model.imagesSeen).toBe(seen[course.best]);
  });
});

it('ends by the clock', async () => {
  const stages = [{ images: 1e7, settings: { batch: 20 } }];
  const { course } = done(
    await run({ ...LINEAR, stages, seconds: 0.2, every: 1e6 }, memoryShelf()),
  );
  expect(course.seconds).toBeGreaterThanOrEqual(0.2);
  expect(course.seconds).toBeLessThan(2);
  expect(course.curve.images).toHaveLength(1);
});

it('says of a training that diverged that it did, and leaves nothing behind', async () => {
  const shelf = memoryShelf();
  const before = tf.memory().numTensors;
  const settings = { sizes: [784, 8, 8], steps: 40, beta: 1, leak: 0, learningRate: 10, optimizer: 'sgd', batch: 20, activation: 'identity' }; // prettier-ignore
  const outcome = await run(
    { ...LINEAR, variant: 'gncn-t1', stages: [{ images: 4_000, settings }] },
    shelf,
  );
  expect(outcome).toMatchObject({ state: 'diverged' });
  expect(await shelf.list('')).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
});

describe('a training whose loss leaves all proportion', () => {
  /** The linear autoencoder, which says of some batches, by number, that they lost as much as a test wants. */
  const saying = (lossOf: (batch: number) => number | null) => {
    const telling = (model: LinearAutoencoder) => {
      const learn = model.learn.bind(model);
      model.learn = async (...given) => {
        const batch = model.updates;
        const { report } = await learn(...given);
        return { report: report.then((told) => ({ ...told, bce: lossOf(batch) ?? told.bce })) };
      };
      return model;
    };
    const family: typeof linear = {
      ...linear,
      create: async (...given) => telling(await linear.create(...given)),
      open: async (...given) => telling(await linear.open(...given)),
    };
    return [...FAMILIES, family];
  };
  const LONG = { ...LINEAR, stages: [{ images: 400, settings: { batch: 20, rate: 0.002 } }] };
  const { checkpoint } = filesOf(trainingName(LONG));

  it('ends as diverged, its numbers finite, and leaves nothing behind', async () => {
    const shelf = memoryShelf();
    const wild = saying((batch) => (batch >= 8 ? 5000 + batch : null));
    expect(await run(LONG, shelf, undefined, [], wild)).toMatchObject({
      state: 'diverged',
      reason: expect.stringMatching(/diverged: the loss is 5010\.0 nats an image/) as string,
    });
    expect(await shelf.list('')).toEqual([]);
  });

  it('where only its last batches do, too; two batches in its midst are borne', async () => {
    const last = saying((batch) => (batch >= 20 ? 5000 : null));
    expect(await run(LONG, memoryShelf(), undefined, [], last)).toMatchObject({
      state: 'diverged',
    });
    const midst = saying((batch) => ([8, 9, 14].includes(batch) ? 5000 : null));
    done(await run(LONG, memoryShelf(), undefined, [], midst));
  });

  it('is known by what it had reached where it goes on from a checkpoint, which no such batch took the place of', async () => {
    const wild = saying((batch) => (batch >= 11 ? 5000 : null));
    const kept: number[] = [];
    for (let stopAt = 12; stopAt < 26; stopAt++) {
      const shelf = memoryShelf();
      const outcome = await run(LONG, shelf, stopAt, [], wild).catch(() => null);
      if (outcome !== null) continue;
      const file = decodeModel((await shelf.read(checkpoint))!, checkpoint);
      kept.push(file.training!.imagesSeen);
      const then = await run(LONG, shelf, undefined, [], wild);
      expect([stopAt, then?.state]).toEqual([stopAt, 'diverged']);
    }
    // Eleven batches, of which the eighth ends an epoch of 150 images.
    expect(Math.max(...kept)).toBe(210);
  });

  it('is not so where another stage, with other settings, begins badly', async () => {
    const stages = [...LONG.stages, { images: 600, settings: { rate: 0.001 } }];
    const other = saying((batch) => (batch >= 21 ? 5000 : null));
    done(await run({ ...LONG, stages }, memoryShelf(), undefined, [], other));
  });
});

it('that diverges because its device was lost has not diverged: its checkpoint stays', async () => {
  const shelf = memoryShelf();
  await run(LINEAR, shelf, 14).catch(() => undefined);
  const { checkpoint } = filesOf(trainingName(LINEAR));
  const kept = await shelf.read(checkpoint);
  const lost = new NgcError('backend', 'The graphics device was lost.');
  const none: typeof linear = {
    ...linear,
    async open(...given) {
      const model = await linear.open(...given);
      model.learn = () => Promise.reject(new NgcError('diverged', 'Training diverged.'));
      return model;
    },
  };
  const again = run(LINEAR, shelf, undefined, [], [...FAMILIES, none], () => Promise.resolve(lost));
  await expect(again).rejects.toBe(lost);
  expect(await shelf.read(checkpoint)).toEqual(kept);
});

it('leaves a training to whoever is at it', async () => {
  const shelf = memoryShelf();
  const release = await shelf.claim(`models/${trainingName(LINEAR)}`);
  expect(await run(LINEAR, shelf)).toBeNull();
  await release?.();
  done(await run(LINEAR, shelf));
});

it('puts a damaged model or checkpoint aside, says so, and trains again', async () => {
  const shelf = memoryShelf();
  const { model, checkpoint } = filesOf(trainingName(LINEAR));
  const { course } = done(await run(LINEAR, shelf));
  const bytes = (await shelf.read(model))!;
  await shelf.write(model, bytes.subarray(0, bytes.length - 100));
  await shelf.write(checkpoint, new TextEncoder().encode('nonsense'));
  const told: string[] = [];
  const again = done(await run(LINEAR, shelf, undefined, told));
  expect(withoutSeconds(again.course)).toEqual(withoutSeconds(course));
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^models\/linear.* in memory is damaged .*\.damaged/);
  expect(await shelf.list('')).toEqual([`${checkpoint}.damaged`, model, `${model}.damaged`]);
});
