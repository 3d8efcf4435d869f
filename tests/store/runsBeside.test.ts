import { expect, test } from 'vitest';
import type { ComparedRun } from '../../src/protocol/runs.ts';
import type { RunSettled } from '../../src/protocol/runsBeside.ts';
import { activityRange, lastStep, runAt } from '../../src/store/runsBeside.ts';
import { engine, notices, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

const run = (id: string): ComparedRun =>
  ({
    card: { id, name: id, seed: 1, dataset: { id: 'synthetic', title: 'Digits', images: 100 } },
    config: { variant: 'gncn-pdh', sizes: [784, 4, 4], steps: 3 },
    images: [],
    curves: {},
  }) as unknown as ComparedRun;

/** The page with runs compared. */
async function comparing(...ids: string[]) {
  const app = await started();
  engine.compared = ids.map(run);
  app.store.setState({ compared: engine.compared });
  return app;
}
const asked = () => engine.requests.flatMap((request) => (request.type === 'settleRun' ? [request] : [])); // prettier-ignore

test('runs look at the drawing of the page, one after the other, under its mask and rule', async () => {
  const { store, actions } = await comparing('a', 'b');
  const { present } = store.getState().drawing;
  await actions.openRunsBeside();
  expect(asked().map(({ id, pixels, mask, how }) => [id, pixels, mask, how])).toEqual(
    ['a', 'b'].map((id) => [id, present.pixels, present.mask, 'silent']),
  );
  const beside = store.getState().runsBeside!;
  expect(Object.keys(beside.settled)).toEqual(['a', 'b']);
  expect(beside).toMatchObject({ looking: false, refused: {}, picture: present });
});

test('another digit or another hidden part is theirs alone: the page keeps its drawing, nothing else is asked of the engine', async () => {
  const { store, actions } = await comparing('a', 'b');
  await actions.openRunsBeside();
  const { drawing } = store.getState();
  const before = engine.types().length;
  await actions.besideExample();
  await actions.besideOcclusion('top');
  await wait();
  expect(store.getState().drawing).toBe(drawing);
  const types = new Set(engine.types().slice(before));
  expect(types).toEqual(new Set(['example', 'settleRun']));
  const { picture } = store.getState().runsBeside!;
  expect(picture).toMatchObject({ occlusion: 'top' });
  expect([picture!.mask![0], picture!.mask!.at(-1)]).toEqual([0, 1]);
  await actions.besideDrawing();
  expect(store.getState().runsBeside!.picture).toBe(drawing.present);
});

test('where the canvas is empty they look at an example', async () => {
  const { store, actions } = await comparing('a');
  actions.clear();
  await wait();
  await actions.openRunsBeside();
  expect(store.getState().runsBeside!.picture!.pixels.some((value) => value > 0.5)).toBe(true);
  expect(Object.keys(store.getState().runsBeside!.settled)).toEqual(['a']);
});

test('a run that is gone says so in its column; the others are shown', async () => {
  const { store, actions } = await comparing('a', 'b');
  engine.compared = [run('b')];
  await actions.openRunsBeside();
  const { settled, refused } = store.getState().runsBeside!;
  expect(refused).toEqual({ a: 'This run is not here any more.' });
  expect(Object.keys(settled)).toEqual(['b']);
});

test('six at most, in the order in which they are compared', async () => {
  const ids = ['g', 'f', 'e', 'd', 'c', 'b', 'a'];
  const { store, actions } = await comparing(...ids);
  await actions.openRunsBeside();
  expect(store.getState().runsBeside!.ids).toEqual(ids.slice(0, 6));
});

test('closed while they settle, nothing of it comes back, and the engine is told to end', async () => {
  const { store, actions } = await comparing('a', 'b');
  const opening = actions.openRunsBeside();
  const closing = actions.closeRunsBeside();
  await Promise.all([opening, closing]);
  expect(store.getState().runsBeside).toBeNull();
  expect(engine.types()).toContain('endRunLooks');
  expect(asked().length).toBeLessThan(2);
});

test('a link is copied and shown, with its drawing and without; copying that is forbidden is told', async () => {
  const copied: string[] = [];
  const app = await started({
    href: () => 'http://test/#model=gncn-pdh&drawing=abc',
    copy: (text) => (copied.push(text), copied.length < 2 ? Promise.resolve() : Promise.reject(new Error('no'))), // prettier-ignore
  });
  await app.actions.share();
  const { link, bare, copied: which } = app.store.getState().sharedLink!;
  expect(link).toBe('http://test/#model=gncn-pdh&drawing=abc');
  expect(bare).toMatch(/^http:\/\/test\/#model=gncn-pdh&/);
  expect(bare).not.toContain('drawing=');
  expect([copied, which]).toEqual([[link], link]);
  await app.actions.copyShared(bare);
  expect(app.store.getState().sharedLink).toMatchObject({ copied: null, refused: true });
  app.actions.closeShared();
  expect(app.store.getState().sharedLink).toBeNull();
});

test('a picture is handed over under a name that says what it is; one that cannot be made is told of', async () => {
  const files: [string, number][] = [];
  const app = await started({
    download: (bytes, name) => void files.push([name, bytes.byteLength]),
  });
  const making = { what: 'Receptive fields of layer 1', ending: 'png' } as const;
  await app.actions.savePicture({ ...making, make: async () => new Blob(['12345']) });
  expect(files).toEqual([[expect.stringMatching(/^receptive-fields-of-layer-1-gncn-pdh-\d+-images\.png$/), 5]]); // prettier-ignore
  await app.actions.savePicture({ ...making, make: async () => Promise.reject(new Error('It is gone.')) }); // prettier-ignore
  expect(files).toHaveLength(1);
  expect(notices(app)).toContain(
    'The picture of Receptive fields of layer 1 could not be made: It is gone.',
  );
});

const settled = (steps: number, high: number): RunSettled =>
  ({
    steps,
    pictures: Float32Array.from({ length: (steps + 1) * 2 }, (_, i) => i),
    activity: [Float32Array.from({ length: (steps + 1) * 3 }, (_, i) => (i === 4 ? high : 0.5))],
    active: Array.from({ length: steps + 1 }, (_, i) => [i]),
    seenBce: Array.from({ length: steps + 1 }, (_, i) => 10 * i),
    hiddenBce: null,
    discrepancy: Array.from({ length: steps + 1 }, (_, i) => -i),
  }) as unknown as RunSettled;

test('a step of a run is that step of all that it tells; one that ended earlier stays at its end', () => {
  const one = settled(3, 2);
  expect(runAt(one, 2)).toEqual({
    ...{ step: 2, picture: Float32Array.of(4, 5), activity: [Float32Array.of(0.5, 0.5, 0.5)] },
    ...{ active: [2], seenBce: 20, hiddenBce: null, discrepancy: -2 },
  });
  expect(runAt(one, 9)).toEqual(runAt(one, 3));
  expect(lastStep([one, settled(5, 1)])).toBe(5);
});

test('the scale of a layer is that of its strongest neuron at any step of any run, signed where one is below zero', () => {
  expect(activityRange([settled(3, 2), settled(3, 7)], 1)).toEqual({ high: 7, signed: false });
  expect(activityRange([settled(3, 2), settled(3, -7)], 1)).toEqual({ high: 7, signed: true });
  expect(activityRange([settled(3, NaN)], 1)).toEqual({ high: 0.5, signed: false });
  expect(activityRange([settled(3, 2)], 2)).toEqual({ high: 0, signed: false });
});
