import { expect, test, vi } from 'vitest';

import { curvesCsv } from '../../src/store/curvesCsv.ts';
import { idleSnapshot, runCard } from '../fakes/engine.ts';
import { fakeMemory } from '../fakes/environment.ts';
import { engine, look, notices, started, useFakeEngine, wait } from '../helpers/openPage.ts';

/*
 * Trainings that are kept, as the page sees them.
 */

useFakeEngine();

const offers = (app: Awaited<ReturnType<typeof started>>) =>
  app.store.getState().notices.flatMap(({ offer }) => offer ?? []);
const remembering = (id: string) => {
  const memory = fakeMemory();
  memory.write('openRun', id);
  return memory;
};

test('a page that was left in the middle says so, and goes on where it was: network, data, mode', async () => {
  engine.runs = [runCard({ underway: true })];
  engine.runStop = { epochs: 3, minutes: null, bce: 60, patience: null };
  const app = await started({ memory: remembering('r1') });
  expect(notices(app)).toContain(
    'The training of GNCN-PDH on Digits was cut off; it is kept as it was after 12,400 images.',
  );
  expect(offers(app)).toEqual(['goOn']);
  await app.actions.goOnWithOpen();
  await wait();
  expect(engine.requests).toContainEqual({ type: 'goOn', id: 'r1' });
  const types = engine.types();
  expect(types.indexOf('startTraining')).toBeGreaterThan(types.indexOf('goOn'));
  const { setUp, model, data } = app.store.getState();
  expect(setUp).toMatchObject({
    mode: 'train',
    weights: 'own',
    seed: 3,
    dataset: 'synthetic',
    stop: engine.runStop,
  });
  expect(model).toMatchObject({ imagesSeen: 12_400 });
  expect(data?.dataset).toBe('synthetic');
});

test.each([
  ['nothing was open', fakeMemory(), runCard()],
  ['another was open, which is gone', remembering('gone'), runCard()],
  ['it was long ago', remembering('r1'), runCard({ saved: '2020-01-01T00:00:00.000Z' })],
])('it says nothing where %s', async (_, memory, run) => {
  engine.runs = [run];
  const app = await started({ memory });
  expect(notices(app)).toEqual([]);
  expect(app.store.getState().runs).toEqual([run]);
});

test('what is kept while it trains stands first in the list, is remembered, and asks once for storage that lasts', async () => {
  engine.runs = [runCard()];
  const memory = fakeMemory();
  const keepStorage = vi.fn(() => Promise.resolve());
  const app = await started({ memory, keepStorage });
  for (const imagesSeen of [100, 200]) {
    const card = runCard({ id: 'r2', imagesSeen, underway: true });
    engine.snapshot = idleSnapshot({ autosave: { card, refused: null } });
    await look();
    expect(app.store.getState().runs?.map((run) => [run.id, run.imagesSeen])).toEqual([['r2', imagesSeen], ['r1', 12_400]]); // prettier-ignore
  }
  expect(memory.read('openRun')).toBe('r2');
  expect(keepStorage).toHaveBeenCalledTimes(1);
});

test('a deleted run can be brought back; a refusal is said and changes nothing', async () => {
  engine.runs = [runCard()];
  const app = await started({ memory: remembering('r1') });
  engine.refuse('removeRun', 'This run is open in another tab.', 'usage');
  await app.actions.removeRun('r1');
  expect(app.store.getState().runs).toHaveLength(1);
  expect(notices(app)).toContain('This run is open in another tab.');
  await app.actions.removeRun('r1');
  expect(app.store.getState().runs).toEqual([]);
  expect(offers(app)).toContain('restoreRun');
  engine.runs = [runCard()];
  await app.actions.restoreRun();
  expect(app.store.getState().runs).toHaveLength(1);
});

test('a file that holds a run is opened, and the run kept', async () => {
  const app = await started();
  engine.heldRun = runCard({ id: 'r7', name: 'From home' });
  await app.actions.openFiles([new File([new Uint8Array(8)], 'run.safetensors')]);
  expect(app.store.getState().runs?.map(({ id }) => id)).toEqual(['r7']);
  expect(notices(app).join(' ')).toMatch(/From home.*kept among the runs/);
});

test('curves as a table: what a point does not tell is empty, changes are told where they were made', () => {
  const measured = { imagesSeen: 0, trainBce: null, validationBce: 300.5, sparsity: [0.5, 0.25], discrepancy: 900, mmse: 40.5, weightChanges: [], changes: [] }; // prettier-ignore
  const learnt = { imagesSeen: 20, trainBce: 290, validationBce: null, sparsity: [0.4, 0.2], discrepancy: null, mmse: null, weightChanges: [1.5, 0.25], changes: [{ key: 'beta', value: 0.2 }, { key: 'optimizer', value: 'sgd' }] } as const; // prettier-ignore
  expect(curvesCsv([measured, learnt], ['W1', 'E1'])).toBe(
    [
      'images,train_bce,validation_bce,active_share_1,active_share_2,total_discrepancy,mmse,change_W1,change_E1,changes',
      '0,,300.5,0.5,0.25,900,40.5,,,',
      '20,290,,0.4,0.2,,,1.5,0.25,"beta=0.2 optimizer=""sgd"""',
      '',
    ].join('\n'),
  );
});
