import { expect, test } from 'vitest';

import { idleSnapshot } from '../fakes/engine.ts';
import { engine, look, notices, started, useFakeEngine } from '../helpers/openPage.ts';

useFakeEngine();

const drawn = () => engine.types().filter((type) => type === 'sample').length;

/** A page whose network has a prior or not. */
async function open(hasPrior = true) {
  const app = await started();
  const report = { ...app.store.getState().model!, hasPrior };
  /** The page hears of its network, in a state of its synapses. */
  const hear = async (weightsVersion = 1, title = report.title) => {
    engine.snapshot = idleSnapshot({ model: { ...report, title }, weightsVersion });
    await look();
    await look();
  };
  await hear();
  return { app, hear };
}

test('samples are there when one comes to them, once for each state of a network, and others at every press', async () => {
  const { app, hear } = await open();
  expect(drawn()).toBe(0);
  await app.actions.setMode('sample');
  await hear();
  expect(drawn()).toBe(1);
  expect(app.store.getState().samples).not.toBeNull();
  await app.actions.setMode('complete');
  await app.actions.setMode('sample');
  await hear();
  expect(drawn()).toBe(1);
  await app.actions.sample();
  const seeds = engine.requests.flatMap((one) => (one.type === 'sample' ? [one.seed] : []));
  expect(seeds).toEqual([1, 2]);
});

test('they wait to be asked for where a prior has yet to be fitted', async () => {
  const { app, hear } = await open(false);
  await app.actions.setMode('sample');
  await hear();
  expect(drawn()).toBe(0);
});

test('refused, they are not asked for again and again', async () => {
  const { app, hear } = await open();
  engine.refuse('sample', 'They cannot be drawn.');
  await app.actions.setMode('sample');
  await hear();
  await hear();
  expect(drawn()).toBe(1);
  expect(notices(app)).toEqual(['They cannot be drawn.']);
  await hear(2);
  expect(drawn()).toBe(2);
});
