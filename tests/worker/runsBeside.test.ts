import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import type { Request, Results } from '../../src/protocol/messages.ts';
import { frameLayout, readSection } from '../../src/protocol/frame.ts';
import type { RunLook } from '../../src/protocol/runsBeside.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * Kept runs on one picture: each network does what it does when it is settled alone, and nothing else on the page notices.
 */

const SETTINGS = { sizes: [784, 12, 12], steps: 6, batch: 20 };
const PIXELS = 784;
let shelf: Shelf;
let session: Session;

const asking =
  (one: Session) =>
  <R extends Request>(request: R) =>
    one.handle(request) as Promise<Results[R['type']]>;
const ask = <R extends Request>(request: R) => asking(session)(request);
const pull = (one = session) =>
  asking(one)({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });

async function opened(on: Shelf): Promise<Session> {
  const one = new Session(() => Promise.resolve(on));
  await asking(one)({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await asking(one)({ type: 'selectDataset', dataset: 'synthetic' });
  await asking(one)({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SETTINGS }); // prettier-ignore
  return one;
}
/** Learns from so many batches; the id under which that is kept. */
async function trained(updates: number): Promise<string> {
  for (let i = 0; i < updates; i++) await ask({ type: 'weightUpdate', of: 'training' });
  return until(async () => {
    const { autosave, training } = await pull();
    expect(autosave.card?.imagesSeen).toBe(training!.imagesSeen);
    return autosave.card!.id;
  });
}
/** A picture, its right half hidden. */
async function halfHidden(): Promise<Omit<RunLook, 'id'>> {
  const { pixels } = await ask({ type: 'example' });
  const mask = Uint8Array.from({ length: PIXELS }, (_, i) => (i % 28 < 14 ? 1 : 0));
  return { pixels, mask, how: 'silent' };
}

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  shelf = memoryShelf();
  session = await opened(shelf);
});
afterEach(() => session.handle({ type: 'pause' }));

/** A run's network settled as the page settles a drawing: taken up by another session, frame by frame. */
async function alone(id: string, { pixels, mask, how }: Omit<RunLook, 'id'>) {
  const one = await opened({ ...shelf, claim: memoryShelf().claim });
  await asking(one)({ type: 'goOn', id });
  await asking(one)({ type: 'setCompletion', how });
  await asking(one)({ type: 'setInput', pixels, mask, input: 1 });
  // The first begins the episode.
  for (let i = 0; i <= SETTINGS.steps; i++)
    await asking(one)({ type: 'settlingStep', of: 'input' });
  const { frames, sizes } = (await pull(one)).episode!;
  const layout = frameLayout(sizes);
  return Array.from({ length: SETTINGS.steps + 1 }, (_, step) => {
    const read = (section: (typeof layout)['input']) => readSection(frames, layout, step, section);
    return {
      picture: read(mask ? layout.input : layout.predictions[0]!),
      predicted: read(layout.predictions[0]!),
      activity: layout.states.map(read),
      active: read(layout.active),
      discrepancy: read(layout.discrepancy)[0]!,
    };
  });
}

/** −Σ (x log mu + (1 − x) log(1 − mu)) over the pixels that count. */
function bce(pixels: Float32Array, mu: Float32Array, counts: (i: number) => boolean): number {
  const floor = (p: number) => Math.log(Math.max(1e-6, p));
  let sum = 0;
  for (let i = 0; i < PIXELS; i++)
    if (counts(i)) sum -= pixels[i]! > 0.5 ? floor(mu[i]!) : floor(1 - mu[i]!);
  return sum;
}

function expectNear(actual: ArrayLike<number>, wanted: ArrayLike<number>, within = 1e-5) {
  expect(actual.length).toBe(wanted.length);
  const worst = Array.from(wanted).reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i]!)), 0); // prettier-ignore
  expect(worst).toBeLessThanOrEqual(within);
}

describe('kept runs on one picture', () => {
  test('each settles, step by step, as its network does when it is alone with the picture', async () => {
    const withLateral = await trained(3);
    await ask({ type: 'changeSettings', settings: { lateral: 'none' } });
    const without = await trained(2);
    const look = await halfHidden();
    for (const [id, lateral] of [
      [withLateral, 'groups'],
      [without, 'none'],
    ] as const)
      // prettier-ignore
      for (const wanted of [look, { ...look, mask: null }]) {
        const report = await ask({ type: 'settleRun', id, ...wanted });
        expect(report).toMatchObject({ card: { id }, config: { lateral }, steps: SETTINGS.steps });
        const expected = await alone(id, wanted);
        const { mask } = wanted;
        expected.forEach((one, step) => {
          expectNear(report.pictures.subarray(step * PIXELS, (step + 1) * PIXELS), one.picture);
          one.activity.forEach((values, i) => expectNear(report.activity[i]!.subarray(step * 12, (step + 1) * 12), values)); // prettier-ignore
          expectNear(report.active[step]!, one.active);
          expect(report.discrepancy[step]).toBeCloseTo(one.discrepancy, 3);
          const seen = bce(wanted.pixels, one.predicted, (i) => mask?.[i] !== 0);
          const hidden = bce(wanted.pixels, one.predicted, (i) => mask?.[i] === 0);
          expect(report.seenBce[step]).toBeCloseTo(seen, 2);
          if (mask) expect(report.hiddenBce![step]).toBeCloseTo(hidden, 2);
          else expect(report.hiddenBce).toBeNull();
        });
      }
    // It moves, and the two differ: an answer that were always the same would have passed.
    const [one, other] = await Promise.all([withLateral, without].map((id) => ask({ type: 'settleRun', id, ...look }))); // prettier-ignore
    expect(one!.seenBce.at(-1)).not.toBeCloseTo(one!.seenBce[0]!, 1);
    expect(one!.pictures).not.toEqual(other!.pictures);
  });

  test('a training goes on meanwhile, the episode on show stays, and no tensor is left behind', async () => {
    const id = await trained(2);
    const look = await halfHidden();
    await ask({ type: 'settleRun', id, ...look });
    const before = tf.memory().numTensors;
    const network = (await pull()).weightsVersion;
    await ask({ type: 'settleRun', id, ...look });
    expect(tf.memory().numTensors).toBe(before);
    expect((await pull()).weightsVersion).toBe(network);

    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).training!.updates).toBeGreaterThan(2));
    await ask({ type: 'settleRun', id, ...look });
    expect((await pull()).activity).toBe('training');
    const at = (await pull()).training!.updates;
    await until(async () => expect((await pull()).training!.updates).toBeGreaterThan(at)); // prettier-ignore
  });

  test('a run that was deleted is told of in one sentence', async () => {
    const id = await trained(1);
    const look = await halfHidden();
    await ask({ type: 'removeRun', id });
    await expect(ask({ type: 'settleRun', id, ...look })).rejects.toMatchObject({
      kind: 'file',
      message: 'This run is not here any more.',
    });
  });

  test('what is under way and what waits ends when it is told to; what is asked afterwards is answered', async () => {
    const id = await trained(1);
    const look = await halfHidden();
    const under = Promise.allSettled([1, 2].map(() => ask({ type: 'settleRun', id, ...look })));
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await ask({ type: 'endRunLooks' });
    const after = ask({ type: 'settleRun', id, ...look });
    for (const one of await under)
      expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'cancelled' } });
    expect((await after).card.id).toBe(id);
  });
});
