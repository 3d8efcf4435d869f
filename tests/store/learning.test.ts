import { describe, expect, test } from 'vitest';

import type { Request } from '../../src/protocol/messages.ts';
import { NO_STOP } from '../../src/protocol/learning.ts';
import { conditionRange, parseCondition, stopEntry } from '../../src/store/stopRule.ts';
import { idleSnapshot, moment } from '../fakes/engine.ts';
import { engine, look, notices, setHash, started, useFakeEngine } from '../helpers/openPage.ts';

/* A training as one watches it, as the page sees it. */

useFakeEngine();

const of = <T extends Request['type']>(type: T) =>
  engine.requests.filter((one): one is Extract<Request, { type: T }> => one.type === type);
/** The synapses have changed; some moments were kept on the way. */
async function learnt(weightsVersion: number, moments: number) {
  const { model, dataset } = engine.snapshot;
  engine.snapshot = idleSnapshot({
    weightsVersion,
    model,
    dataset,
    training: { moments } as never,
  });
  await look();
}

describe('what it could do', () => {
  test('is asked for as far as it is not known yet, and only when synapses have changed', async () => {
    const app = await started();
    engine.moments = { run: 1, past: [moment(0), moment(10)], now: moment(20) };
    await learnt(2, 2);
    await app.actions.refreshMoments();
    await app.actions.refreshMoments();
    expect(of('moments')).toEqual([{ type: 'moments', from: 0 }]);

    engine.moments = { run: 1, past: [moment(0), moment(10), moment(30)], now: moment(40) };
    await learnt(3, 3);
    await app.actions.refreshMoments();
    expect(of('moments').at(-1)).toEqual({ type: 'moments', from: 2 });
    const { moments } = app.store.getState();
    expect(moments?.past.map(({ imagesSeen }) => imagesSeen)).toEqual([0, 10, 30]);
    expect(moments?.now.imagesSeen).toBe(40);
  });

  test('of another run is all new, and nothing of the old one stays on show', async () => {
    const app = await started();
    engine.moments = { run: 1, past: [moment(0), moment(10)], now: moment(20) };
    await learnt(2, 2);
    await app.actions.refreshMoments();
    app.actions.showMoment(1);
    engine.moments = { run: 2, past: [moment(5), moment(6), moment(7)], now: moment(8) };
    await learnt(3, 3);
    await app.actions.refreshMoments();
    await app.actions.refreshMoments();
    const { moments, shownMoment } = app.store.getState();
    expect(shownMoment).toBeNull();
    expect(moments?.past.map(({ imagesSeen }) => imagesSeen)).toEqual([5, 6, 7]);
  });

  test('is forgotten with the network it was of', async () => {
    const app = await started();
    engine.moments = { run: 1, past: [moment(0)], now: moment(20) };
    await learnt(2, 1);
    await app.actions.refreshMoments();
    await app.actions.refreshHealth();
    await app.actions.reseed();
    expect(app.store.getState()).toMatchObject({ moments: null, shownMoment: null, health: null });
  });

  test('while it learns, it is not asked all the time', async () => {
    const app = await started();
    for (let version = 2; version < 12; version++) {
      await learnt(version, 0);
      await app.actions.refreshHealth();
    }
    // Ten seconds have passed, a second between two looks: every other one asks.
    expect(of('health')).toHaveLength(5);
  });
});

describe('when training ends by itself', () => {
  test('is told to the engine, and stands in the set-up; nothing takes a condition away', async () => {
    const app = await started();
    expect(await app.actions.setStop('epochs', '3')).toBeNull();
    expect(await app.actions.setStop('bce', ' 60.5 ')).toBeNull();
    expect(of('setStop').at(-1)?.rule).toEqual({ ...NO_STOP, epochs: 3, bce: 60.5 });
    await app.actions.setStop('epochs', '');
    await app.actions.setStop('bce', ' ');
    expect(app.store.getState().setUp.stop).toBe(NO_STOP);
  });

  test('what cannot be is refused in a sentence, and what stood stays', async () => {
    const app = await started();
    await app.actions.setStop('minutes', '5');
    for (const text of ['0', '-1', 'soon', '1e9'])
      expect(await app.actions.setStop('minutes', text)).toContain(conditionRange('minutes'));
    engine.refuse('setStop', 'The validation BCE is 50.0 nats already.', 'usage');
    expect(await app.actions.setStop('bce', '60')).not.toBeNull();
    expect(notices(app).join(' ')).toContain('already');
    expect(app.store.getState().setUp.stop).toEqual({ ...NO_STOP, minutes: 5 });
  });

  test('an address that says so is obeyed at the start, and refused where it makes no sense', async () => {
    expect(stopEntry.read('epochs:3,bce:60')).toEqual({ ...NO_STOP, epochs: 3, bce: 60 });
    for (const text of [
      '',
      'epochs',
      'epochs:',
      'epochs:0',
      'epochs:1.5',
      'epochs:1,epochs:2',
      'luck:1',
      'bce:60:1',
    ])
      // prettier-ignore
      expect(stopEntry.read(text)).toBeUndefined();
    setHash('#stop=patience:4');
    await started();
    expect(of('setStop')).toEqual([{ type: 'setStop', rule: { ...NO_STOP, patience: 4 } }]);
  });

  test('conditions are read as numbers, nothing as none', () => {
    expect(parseCondition('patience', '7')).toEqual({ value: 7 });
    expect(parseCondition('patience', '')).toEqual({ value: null });
    expect(parseCondition('patience', '7.5')).toHaveProperty('refused');
  });
});

test('a slider sends the newest value of a setting, one at a time', async () => {
  const app = await started();
  const setting = app.store.getState().report!.settings.find(({ key }) => key === 'learningRate')!;
  await Promise.all([0.1, 0.2, 0.3, 0.4].map((value) => app.actions.slideSetting(setting, value)));
  const sent = of('changeSettings').map(({ settings }) => settings.learningRate);
  expect(sent.at(-1)).toBe(0.4);
  expect(sent.length).toBeLessThan(4);
  expect(app.store.getState().overrides).toMatchObject({ learningRate: 0.4 });
});
