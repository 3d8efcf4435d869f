import { describe, expect, test } from 'vitest';

import { WALK } from '../../src/store/actions/codes.ts';
import { mapPicture, mapSince } from '../../src/store/latents.ts';
import { idleSnapshot } from '../fakes/engine.ts';
import { engine, look, notices, started, useFakeEngine, wait } from '../helpers/openPage.ts';

/*
 * Codes as the page sees them: the map and whether it is of the present, samples, walks, neurons driven by hand.
 */

useFakeEngine();

const asked = (type: string) => engine.requests.filter((request) => request.type === type);

describe('the map', () => {
  test('is of few images first, then of more, where there are more', async () => {
    const app = await started();
    await app.actions.makeMap();
    // The test engine has three images only.
    expect(asked('latentMap')).toEqual([{ type: 'latentMap', projection: 'pca', images: 400 }]);
    const { latentMap, mapState } = app.store.getState();
    expect(latentMap?.placing.kind).toBe('pca');
    expect(mapState).toBe('none');
    expect(mapPicture(latentMap!, 1)).toEqual(new Float32Array(784).fill(1));
  });

  test('says when synapses, settings or images have changed since, and is no more with another network', async () => {
    const app = await started();
    const since = () => mapSince(app.store.getState());
    expect(since()).toBeNull();
    await app.actions.makeMap();
    app.store.setState({ data: { ...app.store.getState().data!, title: 'Digits' } });
    expect(since()).toBeNull();
    engine.snapshot = idleSnapshot({ weightsVersion: 2 });
    await look();
    expect(since()).toBe('synapses');
    await app.actions.makeMap();
    expect(since()).toBeNull();
    const { model, data } = app.store.getState();
    app.store.setState({ model: { ...model!, config: { ...model!.config, beta: 0.01 } } });
    expect(since()).toBe('settings');
    app.store.setState({ data: { ...data!, title: 'Others' } });
    expect(since()).toBe('images');
    await app.actions.reseed();
    expect(app.store.getState().latentMap).toBeNull();
  });

  test('given up, the one before stays, and none is made by itself', async () => {
    const app = await started();
    engine.refuse('latentMap', 'cancelled', 'cancelled');
    await app.actions.setProjection('umap');
    expect(app.store.getState()).toMatchObject({ mapState: 'stopped', latentMap: null });
    expect(notices(app)).toEqual([]);
    expect(asked('latentMap')).toHaveLength(1);
  });

  test('is not spoken of where the network changes meanwhile: another is made when it is looked for', async () => {
    const app = await started();
    const making = app.actions.makeMap();
    await app.actions.reseed();
    await making;
    expect(app.store.getState()).toMatchObject({ mapState: 'none', latentMap: null });
  });
});

describe('samples', () => {
  test('are other ones at every press, and the same ones where only temperature or Gaussian change', async () => {
    const app = await started();
    await app.actions.setTemperature(0.5);
    expect(asked('sample')).toEqual([]); // nothing was drawn yet
    await app.actions.sample();
    await app.actions.sample();
    await app.actions.setTemperature(1);
    await app.actions.chooseComponent(2);
    await app.actions.chooseComponent(null);
    const draw = { type: 'sample', count: 36 };
    expect(asked('sample')).toEqual([
      { ...draw, seed: 1, temperature: 0.5 },
      { ...draw, seed: 2, temperature: 0.5 },
      { ...draw, seed: 2 },
      { ...draw, seed: 2, component: 2 },
      { ...draw, seed: 2 },
    ]);
    expect(asked('prior')).toHaveLength(1);
  });

  test('a Gaussian of a prior that is no more is not drawn from', async () => {
    const app = await started();
    await app.actions.sample();
    await app.actions.chooseComponent(1);
    engine.snapshot = idleSnapshot({ weightsVersion: 3 });
    await look();
    engine.requests.length = 0;
    await app.actions.sample();
    expect(asked('sample')).toEqual([{ type: 'sample', count: 36, seed: 2 }]);
    expect(app.store.getState()).toMatchObject({ component: null, prior: { version: 3 } });
  });

  test('another prior is fitted, then drawn from by the same draws; refused, the old one stays', async () => {
    const app = await started();
    await app.actions.sample();
    await app.actions.chooseComponent(1);
    engine.requests.length = 0;
    const form = { covariance: 'full', components: 7 } as const;
    await app.actions.choosePrior(form);
    expect(asked('prior')).toEqual([{ type: 'prior', form }]);
    expect(asked('sample')).toEqual([{ type: 'sample', count: 36, seed: 1 }]);
    expect(app.store.getState()).toMatchObject({ component: null, prior: { is: form } });
    engine.refuse('prior', 'It cannot be.');
    await app.actions.choosePrior(null);
    expect(app.store.getState().prior?.is).toEqual(form);
    expect(notices(app)).toContain('It cannot be.');
  });

  test('the one that is chosen is held against the training images, until others are drawn', async () => {
    const app = await started();
    await app.actions.sample();
    await app.actions.chooseSample(3);
    expect(app.store.getState()).toMatchObject({ chosenSample: 3, nearest: { images: 10 } });
    await app.actions.sample();
    expect(app.store.getState()).toMatchObject({ chosenSample: null, nearest: null });
  });
});

describe('codes', () => {
  test('a walk is from the drawing to a test image, until other ends are chosen', async () => {
    const app = await started();
    await app.actions.walkAgain();
    const { walkEnds, drawing } = app.store.getState();
    expect(walkEnds.from?.pixels).toBe(drawing.present.pixels);
    expect(walkEnds.to?.origin).toBe('a test image, “1”');
    expect(asked('walk')).toEqual([{ type: 'walk', from: walkEnds.from!.pixels, to: walkEnds.to!.pixels, count: WALK }]); // prettier-ignore
    await app.actions.setWalkEnd('from', 'test');
    expect(asked('walk')).toHaveLength(2);
    expect(app.store.getState().walkEnds.from?.origin).toBe('a test image, “1”');
  });

  test('an empty canvas is no end of a walk, and says so', async () => {
    const app = await started();
    app.actions.clear();
    await wait();
    await app.actions.setWalkEnd('to', 'drawing');
    expect(app.store.getState().walkEnds.to).toBeNull();
    expect(notices(app)).toContain('The canvas is empty: draw something, or take a test image.');
  });

  test('one neuron is driven, the others stay; reset, all are as they were', async () => {
    const app = await started();
    await app.actions.driveFrom('drawing');
    const before = app.store.getState().driven!;
    await app.actions.driveNeuron(0, 2.5);
    const { driven } = app.store.getState();
    expect([...driven!.values]).toEqual([2.5, 2, 1, 0]);
    expect([...before.start.values]).toEqual([0, 2, 1, 0]);
    expect(driven!.picture[0]).toBe(2.5);
    await app.actions.resetDriven();
    expect([...app.store.getState().driven!.values]).toEqual([0, 2, 1, 0]);
    expect(app.store.getState().driven!.picture[0]).toBe(0);
  });
});
