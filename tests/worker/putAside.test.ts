import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * What a network has learnt is not lost by one request: the network is put aside, and can be brought back to the bit.
 */
const SETTINGS = { sizes: [784, 12, 12], steps: 6, batch: 20 };
let session: Session;
const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;
const pull = () => ask({ type: 'pull', have: { episode: 0, frames: 0, run: 0, points: 0 } });
const learn = () => ask({ type: 'weightUpdate', of: 'training' });
/** Everything the network knows, and where it stands: a checkpoint holds the synapses, the optimizer's moments and the place in the data. */
const everything = async () => new Uint8Array((await ask({ type: 'saveModel' })).bytes);

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  session = new Session();
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask({ type: 'selectDataset', dataset: 'synthetic' });
  await ask({
    type: 'selectModel',
    variant: 'gncn-pdh',
    weights: 'own',
    seed: 1,
    settings: SETTINGS,
  });
});
afterEach(() => session.handle({ type: 'pause' }));

const REPLACING: readonly Request[] = [
  { type: 'rewind' },
  { type: 'reseed', seed: 2 },
  { type: 'changeSettings', settings: { activation: 'tanh' } },
  { type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 5, settings: SETTINGS },
];
test.each(REPLACING)(
  '$type puts the network aside; brought back it is the same to the bit',
  async (request) => {
    // prettier-ignore
    await learn();
    await learn();
    const before = await everything();
    const curves = (await pull()).history.points;
    await ask(request);
    expect((await pull()).model!.putAside).toMatchObject({ imagesSeen: 40 });
    const back = await ask({ type: 'putBack' });
    expect(back).toMatchObject({ imagesSeen: 40, putAside: null, seed: 1 });
    expect(await everything()).toEqual(before);
    expect((await pull()).history.points).toEqual(curves);
  },
);

test('brought back, it goes on learning as if nothing had happened, a half-settled batch included', async () => {
  await learn();
  await learn();
  const straight = await everything();
  await ask({ type: 'rewind' });
  await learn();
  await ask({ type: 'settlingStep', of: 'training' });
  await ask({ type: 'reseed', seed: 9 });
  await ask({ type: 'putBack' });
  await learn();
  expect(await everything()).toEqual(straight);
});

test('a network that has learnt nothing is not kept, nor more than one that has', async () => {
  const before = tf.memory().numTensors;
  await ask({ type: 'reseed', seed: 2 });
  expect((await pull()).model!.putAside).toBeNull();
  expect(tf.memory().numTensors).toBe(before);
  await expect(ask({ type: 'putBack' })).rejects.toThrow(/no network to bring back/);
});

test('settings that only steer keep the network that training works on, whichever network was on show', async () => {
  await learn();
  const before = await everything();
  await ask({ type: 'selectModel', variant: 'gncn-t1', weights: 'own', seed: 1, settings: SETTINGS }); // prettier-ignore
  const again = await ask({
    type: 'selectModel',
    variant: 'gncn-pdh',
    weights: 'own',
    seed: 1,
    settings: { ...SETTINGS, beta: 0.2 },
  });
  expect(again).toMatchObject({ imagesSeen: 20, putAside: null });
  expect(again.config.beta).toBe(0.2);
  await ask({ type: 'changeSettings', settings: { beta: 0.1 } });
  expect((await everything()).length).toBe(before.length);
});

test('what a file holds is saved; what is learnt after it is not', async () => {
  expect((await pull()).unsaved).toBe(false);
  await learn();
  expect((await pull()).unsaved).toBe(true);
  await ask({ type: 'saveModel' });
  expect((await pull()).unsaved).toBe(false);
  await learn();
  await ask({ type: 'rewind' });
  expect((await pull()).unsaved).toBe(true); // it is put aside, and still only here
});
