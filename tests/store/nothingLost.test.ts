import { describe, expect, it } from 'vitest';
import { idleSnapshot } from '../fakes/engine.ts';
import { engine, look, notices, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

/** The engine puts a network aside with its next answer. */
const putAside = (id: number, imagesSeen = 12_000) => {
  engine.putAside = { id, imagesSeen };
};
const offers = (app: Awaited<ReturnType<typeof started>>) =>
  app.store.getState().notices.filter(({ offer }) => offer === 'putBack');

describe('what a key would lose', () => {
  it('is put aside, said, and brought back by Undo: rewind, reseed, a setting, another seed', async () => {
    const app = await started();
    const { settings } = app.store.getState().report!;
    const activation = settings.find(({ key }) => key === 'activation')!;
    const ways = [
      () => app.actions.rewind(),
      () => app.actions.reseed(),
      () => app.actions.changeSetting(activation, 'tanh'),
      () => app.actions.select(),
    ];
    let id = 1;
    for (const way of ways) {
      putAside(id++);
      await way();
      expect(offers(app)).toHaveLength(1);
      expect(offers(app)[0]!.text).toContain('12,000 images');
      app.actions.dismiss(offers(app)[0]!.id);
    }
  });

  it('is not spoken of where nothing had been learnt, nor twice', async () => {
    const app = await started();
    await app.actions.rewind();
    expect(notices(app)).toEqual([]);
    putAside(1);
    await app.actions.rewind();
    app.actions.dismiss(offers(app)[0]!.id);
    await app.actions.rewind();
    expect(offers(app)).toEqual([]);
  });

  it('comes back with its seed, and without the setting that made another network', async () => {
    const app = await started();
    const { settings } = app.store.getState().report!;
    putAside(1);
    await app.actions.changeSetting(
      settings.find(({ key }) => key === 'sizes')!,
      '784,9,9',
    );
    await app.actions.steer({ beta: 0.2 });
    engine.imagesSeen = 12_000;
    engine.broughtBack = { sizes: [784, 4, 4], seed: 7 };
    await app.actions.putBack();
    expect(app.store.getState()).toMatchObject({
      model: { imagesSeen: 12_000, putAside: null },
      setUp: { seed: 7, weights: 'own' },
      overrides: { beta: 0.2 },
    });
    expect(notices(app).join()).toMatch(/12,000 images is back/);
  });
});

describe('leaving the page', () => {
  it('asks as long as a network has learnt what no file holds', async () => {
    let should = () => false;
    await started({ askBeforeLeaving: (when) => void (should = when) });
    expect(should()).toBe(false);
    engine.snapshot = idleSnapshot({ unsaved: true });
    await look();
    expect(should()).toBe(true);
    engine.snapshot = idleSnapshot({ unsaved: false });
    await look();
    expect(should()).toBe(false);
  });

  it('keeps the drawing in the address at once, not after a while', async () => {
    let leave: () => void = () => {
      throw new Error('nobody listens');
    };
    let written = '';
    const app = await started({
      onLeave: (listener) => void (leave = listener),
      writeHash: (hash) => void (written = hash),
    });
    app.actions.setPixels(new Float32Array(784).fill(1));
    expect(written).toContain('drawing=nine');
    leave();
    expect(written).not.toContain('drawing=nine');
    expect(written).toContain('drawing=');
  });
});

it('Save says that it saved, and under which name', async () => {
  const app = await started();
  await app.actions.saveModel();
  await wait();
  expect(notices(app).join()).toContain('Saved as model.safetensors');
});

describe('images', () => {
  const png = (name: string) => new File(['x'], name);

  it('of one picture become the drawing, and it is said what was understood', async () => {
    const app = await started();
    engine.picture = new Float32Array(784).fill(1);
    await app.actions.openFiles([png('seven.png')]);
    expect(app.store.getState().drawing.present).toMatchObject({
      pixels: engine.picture,
      origin: 'seven.png',
    });
    expect(notices(app).join()).toContain('seven.png is on the drawing canvas');
    expect(engine.types()).not.toContain('stageImages');
  });

  it('of several are data; in folders the folders go along, and what is no image stays out', async () => {
    const app = await started();
    await app.actions.openFiles([png('strip.png')]);
    expect(engine.types()).toContain('stageImages');
    engine.requests.length = 0;
    await app.actions.openFiles([png('a.png'), png('b.jpg'), png('note.txt')], ['x', 'y', 'x']);
    const asked = engine.requests.find((request) => request.type === 'stageImages');
    expect(asked?.files.map(({ name }) => name)).toEqual(['a.png', 'b.jpg']);
    expect(asked?.folders).toEqual(['x', 'y']);
  });

  it('that cannot be read are named', async () => {
    const app = await started();
    engine.refuse('readPicture', 'broken.png could not be read.', 'data');
    await app.actions.openFiles([png('broken.png')]);
    expect(notices(app)).toEqual(['broken.png could not be read.']);
    expect(engine.types()).not.toContain('stageImages');
  });
});
