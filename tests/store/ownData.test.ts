import { expect, test } from 'vitest';

import { idleSnapshot } from '../fakes/engine.ts';
import { fakeMemory } from '../fakes/environment.ts';
import { engine, look, notices, started, useFakeEngine, wait } from '../helpers/openPage.ts';

/*
 * A person's own data, as the page sees them.
 */

useFakeEngine();

const csv = () => new File(['1,2,3,4'], 'a.csv');

test('images are looked at, changed, and used; until then the dataset is the one it was', async () => {
  const app = await started();
  const before = app.store.getState().data;
  await app.actions.openFiles([csv()]);
  const { stagedImages } = app.store.getState();
  expect(stagedImages).toMatchObject({ change: { centre: true }, keep: false, look: { blank: 2 } });
  expect(app.store.getState().data).toBe(before);
  await app.actions.changeImages({ invert: true });
  await app.actions.changeImages({ threshold: 0.3 });
  app.actions.keepImages(true);
  await app.actions.useImages();
  const change = { threshold: 0.3, invert: true, centre: true };
  expect(engine.requests).toContainEqual({ type: 'lookAtImages', staged: 1, change });
  expect(engine.requests).toContainEqual({ type: 'useImages', staged: 1, change, keep: true });
  expect(app.store.getState()).toMatchObject({ stagedImages: null, data: { own: 'set-1' } });
  expect(notices(app).at(-1)).toMatch(/Opened Digits.*kept in this browser/);
});

test('images that are let go leave nothing behind', async () => {
  const app = await started();
  await app.actions.openFiles([csv()]);
  await app.actions.letImagesGo();
  expect(app.store.getState().stagedImages).toBeNull();
  expect(engine.types()).toContain('letImagesGo');
  expect(engine.types()).not.toContain('useImages');
});

test('images that cannot be used stay to be changed, and it is said why', async () => {
  const app = await started();
  await app.actions.openFiles([csv()]);
  engine.refuse('useImages', 'There is no room left.', 'file');
  await app.actions.useImages();
  expect(app.store.getState().stagedImages).not.toBeNull();
  expect(notices(app)).toContain('There is no room left.');
});

test('a drawing is kept under its label; refused, it says so, and the label can be chosen again', async () => {
  const app = await started();
  app.actions.setPixels(new Float32Array(784).fill(1));
  expect(await app.actions.addDrawing('7')).toBe(true);
  const asked = engine.requests.find((request) => request.type === 'addDrawing');
  expect(asked?.pixels).toEqual(new Float32Array(784).fill(1));
  expect(notices(app).at(-1)).toBe('Kept as “7”: you have 1 drawing.');
  expect(app.store.getState().dataReport?.drawings).toBe(1);
  engine.refuse('addDrawing', 'This drawing is among yours already, as “7”.', 'usage');
  expect(await app.actions.addDrawing('3')).toBe(false);
  expect(app.store.getState().drawings?.drawings).toHaveLength(1);
});

test('a deleted drawing can be brought back until the view is left', async () => {
  const app = await started();
  await app.actions.addDrawing('7');
  await app.actions.showData('drawings');
  await app.actions.removeDrawing('d0');
  expect(app.store.getState().removedDrawing).toBe('7');
  await app.actions.restoreDrawing();
  expect(app.store.getState().removedDrawing).toBeNull();
  expect(engine.types()).toContain('restoreDrawing');
});

test('drawings in use are taken anew when one is added, with variations if these are wanted, and that is remembered', async () => {
  const memory = fakeMemory();
  const app = await started({ memory });
  for (let i = 0; i < 6; i++) await app.actions.addDrawing(String(i));
  await app.actions.useDrawings();
  expect(engine.requests).toContainEqual({ type: 'selectDataset', dataset: 'drawings' });
  engine.requests.length = 0;
  await app.actions.setVaryDrawings(true);
  expect(engine.requests).toContainEqual({
    type: 'selectDataset',
    dataset: 'drawings',
    vary: true,
  });
  engine.requests.length = 0;
  await app.actions.addDrawing('9');
  expect(engine.types()).toContain('selectDataset');
  const again = await started({ memory });
  expect(again.store.getState().varyDrawings).toBe(true);
});

test('a download that fails is over, says so, and what has come of it is looked at', async () => {
  const app = await started();
  engine.requests.length = 0;
  engine.refuse('keepDataset', 'Fashion-MNIST is not at hand.', 'data');
  await app.actions.keepDataset('fmnist');
  await wait();
  expect(app.store.getState().fetching).toBeNull();
  expect(notices(app)).toContain('Fashion-MNIST is not at hand.');
  expect(engine.types()).toEqual(['keepDataset', 'data']);
});

test('what another page draws or deletes is seen here too, and nothing else is asked again', async () => {
  const app = await started();
  await app.actions.listDrawings();
  const asked = () => engine.types().filter((type) => type === 'drawings').length;
  const before = asked();
  await look();
  expect(asked()).toBe(before);
  engine.snapshot = idleSnapshot({ elsewhere: { runs: 1, data: 0 } });
  await look();
  expect(asked()).toBe(before);
  engine.snapshot = idleSnapshot({ elsewhere: { runs: 1, data: 1 } });
  await look();
  expect(asked()).toBe(before + 1);
  expect(engine.types().filter((type) => type === 'selectDataset')).toHaveLength(1);
});
