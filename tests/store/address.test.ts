import { describe, expect, it } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import type { AppState } from '../../src/store/state.ts';
import { idleSnapshot } from '../fakes/engine.ts';
import { fakeMemory } from '../fakes/environment.ts';
import {
  engine,
  hash,
  look,
  notices,
  setHash,
  started,
  useFakeEngine,
  wait,
} from '../helpers/openPage.ts';

useFakeEngine();

/** What a person would say of the page: what it shows, and of what. */
const whatIsShown = ({ setUp, overrides, drawing, lesions, pin, ...rest }: AppState) => ({
  setUp,
  overrides,
  picture: { ...drawing.present, origin: null },
  lesions,
  pin,
  stage: rest.stage,
  contestLayer: rest.contestLayer,
  sideTool: rest.sideTool,
  live: rest.live,
});
const LESIONS = { ...NO_LESIONS, lateral: true, layers: [2], units: [{ layer: 1, index: 3 }] };

describe('a shared link', () => {
  it('opens as the page it was taken from: drawing, mask, lesions, pin, stage, settings', async () => {
    engine.pretrained = true;
    const app = await started();
    const ink = Float32Array.from({ length: 784 }, (_, i) => (i % 5 === 0 ? 1 : 0));
    app.actions.setPixels(ink);
    app.actions.setMask(Uint8Array.from({ length: 784 }, (_, i) => (i % 3 === 0 ? 0 : 1)));
    app.actions.pin({ layer: 1, index: 3 });
    app.actions.showPanel('fields');
    app.actions.showContests(2);
    app.actions.showSideTool('lesions');
    await app.actions.steer({ beta: 0.2 });
    engine.snapshot = idleSnapshot({ lesions: LESIONS });
    await app.actions.setLesions(LESIONS);
    await look();
    await wait();
    const before = whatIsShown(app.store.getState());
    expect(before).toMatchObject({ lesions: LESIONS, overrides: { beta: 0.2 } });
    engine.requests.length = 0;
    const other = await started();
    expect(whatIsShown(other.store.getState())).toEqual(before);
    expect(engine.requests).toContainEqual(
      expect.objectContaining({ weights: 'pretrained', settings: { beta: 0.2 } }),
    );
    // What is cut is cut before the first picture settles.
    const order = engine.types().filter((type) => type === 'setLesions' || type === 'settle');
    expect(order).toEqual(['setLesions', 'settle']);
    expect(engine.requests).toContainEqual({ type: 'setLesions', lesions: LESIONS });
    expect(notices(other)).toEqual([]);
  });

  it('followed in an open page replaces the drawing as a step that can be undone', async () => {
    const app = await started();
    const mine = app.store.getState().drawing.present;
    setHash('#drawing=blank&live=on');
    await app.actions.followHash();
    expect(app.store.getState().drawing.present.pixels.every((value) => value === 0)).toBe(true);
    expect(app.store.getState().live).toBe(true);
    app.actions.undo();
    expect(app.store.getState().drawing.present).toBe(mine);
  });

  it('of an empty page opens an empty page; an older link opens with the first digit', async () => {
    setHash('#drawing=blank');
    const empty = await started();
    expect(empty.store.getState().drawing.present.pixels.some(Boolean)).toBe(false);
    setHash('#model=gncn-pdh&occlusion=left');
    const old = await started();
    expect(old.store.getState().drawing.present).toMatchObject({
      origin: 'a drawn nine',
      occlusion: 'left',
    });
  });
});

describe('an address that asks for too much', () => {
  it('is answered with every value by name, in one notice', async () => {
    setHash('#seed=-4&mode=quiz&speed=0&drawing=x&pin=7&beta=9&nonsense=1&lesions=all');
    const app = await started();
    expect(notices(app)).toHaveLength(1);
    const [notice] = app.store.getState().notices;
    for (const asked of [
      'seed=-4',
      'mode=quiz',
      'speed=0',
      'drawing=x',
      'pin=7',
      'beta=9',
      'nonsense=1',
      'lesions=all',
    ])
      // prettier-ignore
      expect(notice!.text).toContain(asked);
    expect(notice!.details).toHaveLength(8);
  });

  it('names a neuron that the network does not have', async () => {
    setHash('#pin=1.9999');
    const app = await started();
    expect(app.store.getState().pin).toBeNull();
    expect(notices(app).join()).toContain('pin=1.9999');
  });

  it('is obeyed where a setting only steers the pretrained network, and told why where it does not', async () => {
    engine.pretrained = true;
    setHash('#weights=pretrained&steps=50&sizes=784,9,9');
    const app = await started();
    const selected = engine.requests.filter(({ type }) => type === 'selectModel');
    expect(selected).toEqual([
      expect.objectContaining({ weights: 'pretrained', settings: { steps: 50, learnSteps: 0 } }),
    ]);
    expect(notices(app).join()).toMatch(/sizes=784,9,9.*network of your own/);
    expect(hash).toContain('steps=50');
    expect(hash).not.toContain('sizes');
  });

  it('takes a network of one’s own where no weights are asked for and a setting needs one', async () => {
    engine.pretrained = true;
    setHash('#sizes=784,9,9');
    const app = await started();
    expect(app.store.getState().model).toMatchObject({ weights: 'own' });
    expect(app.store.getState().model!.config.sizes).toEqual([784, 9, 9]);
    expect(notices(app)).toEqual([]);
  });
});

describe('what was drawn here last', () => {
  const drawn = Float32Array.from({ length: 784 }, (_, i) => (i % 29 === 0 ? 1 : 0));

  it('is offered to a visit that asks for nothing, and comes back with what was hidden', async () => {
    const memory = fakeMemory();
    const first = await started({ memory });
    first.actions.setPixels(drawn);
    first.actions.setOcclusion('top');
    await wait();
    const { pixels, mask } = first.store.getState().drawing.present;

    setHash('');
    const app = await started({ memory });
    expect(app.store.getState().drawing.present.pixels).not.toEqual(pixels);
    expect(app.store.getState().notices.map(({ offer }) => offer)).toContain('bringBack');
    await app.actions.bringBack();
    await wait();
    const { present } = app.store.getState().drawing;
    expect(Array.from(present.pixels)).toEqual(Array.from(pixels));
    expect(present.mask).toEqual(mask);
    expect(app.store.getState().setUp.occlusion).toBe('top');
  });

  it('is not offered to an address that asks for something, nor where only an example was looked at', async () => {
    const memory = fakeMemory();
    const first = await started({ memory });
    await first.actions.takeExample();
    await wait();
    setHash('');
    expect((await started({ memory })).store.getState().notices).toEqual([]);
    memory.write('lastDrawn', '#seed=4');
    setHash('#seed=2');
    expect((await started({ memory })).store.getState().notices).toEqual([]);
  });
});

describe('an address that is changed while a network learns', () => {
  /** A page that trains its own network, and its address. */
  async function training() {
    setHash('#mode=train&seed=7&beta=0.1');
    const app = await started();
    engine.snapshot = idleSnapshot({ activity: 'training' });
    await look();
    engine.requests.length = 0;
    return app;
  }

  it('steers it by settings that act on it as it is: nothing stops, and there is no other network', async () => {
    const app = await training();
    setHash(`${hash}&learningRate=0.002`.replace('beta=0.1', 'beta=0.2'));
    await app.actions.followHash();
    expect(engine.types()).toEqual(['changeSettings']);
    expect(engine.requests).toContainEqual({
      type: 'changeSettings',
      settings: { beta: 0.2, learningRate: 0.002 },
    });
    expect(app.store.getState().overrides).toMatchObject({ beta: 0.2, learningRate: 0.002 });
  });

  it('says beside a T chosen on the page after how many steps is learnt, though nobody chose that', async () => {
    const app = await training();
    const { learnSteps } = app.store.getState().model!.config;
    expect(app.store.getState().overrides).not.toHaveProperty('learnSteps');
    const steps = app.store.getState().report!.settings.find(({ key }) => key === 'steps')!;
    await app.actions.changeSetting(steps, '25');
    expect(app.store.getState().overrides).toMatchObject({ steps: 25, learnSteps });
    await wait();
    expect(hash).toContain(`learnSteps=${learnSteps}`);
  });

  it('learns from the T that it says; a T chosen on the page leaves learning as it is, and the address says so', async () => {
    const app = await training();
    setHash(`${hash}&steps=30`);
    await app.actions.followHash();
    const settings = { steps: 30, learnSteps: 0 };
    expect(engine.requests).toContainEqual({ type: 'changeSettings', settings });

    const setting = (key: string) => app.store.getState().report!.settings.find((one) => one.key === key)!; // prettier-ignore
    await app.actions.changeSetting(setting('learnSteps'), '8');
    await app.actions.changeSetting(setting('steps'), '25');
    expect(app.store.getState().overrides).toMatchObject({ steps: 25, learnSteps: 8 });
    await wait();
    const before = whatIsShown(app.store.getState());
    expect(hash).toContain('learnSteps=8');
    expect(whatIsShown((await started()).store.getState()).overrides).toEqual(before.overrides);
  });

  it('takes back what it does not ask for any more', async () => {
    const app = await training();
    const { beta } = app.store.getState().report!.variants.find(({ variant }) => variant === 'gncn-pdh')!.defaults; // prettier-ignore
    setHash(hash.replace('&beta=0.1', ''));
    await app.actions.followHash();
    expect(engine.requests).toContainEqual({ type: 'changeSettings', settings: { beta } });
  });

  it('asks for another network where it must; what had learnt is put aside, and can be brought back', async () => {
    const app = await training();
    engine.putAside = { id: 1, imagesSeen: 12_000 };
    setHash(`${hash}&activation=tanh`);
    await app.actions.followHash();
    expect(engine.types()).toContain('selectModel');
    expect(app.store.getState().notices).toContainEqual(
      expect.objectContaining({ offer: 'putBack' }),
    );
  });

  it('does nothing to it where it asks for nothing else', async () => {
    const app = await training();
    setHash(`${hash}&theme=dark`);
    await app.actions.followHash();
    expect(engine.types()).toEqual([]);
  });
});
