import { expect, test } from 'vitest';

import type { TakeOver } from '../../src/offline/registration.ts';
import { fakeMemory } from '../fakes/environment.ts';
import { engine, started, useFakeEngine } from '../helpers/openPage.ts';

/*
 * Whose host the page may ask for a dataset: what its user said, remembered until it is taken back; and new versions of the page.
 */

useFakeEngine();

const allowed = () =>
  engine.requests.filter(({ type }) => type === 'allowMirrors').map((request) => 'datasets' in request && request.datasets); // prettier-ignore

test('a yes fetches the dataset, and is told to the engine before data on the next visit', async () => {
  const memory = fakeMemory();
  const app = await started({ memory });
  expect(allowed()).toEqual([]);
  await app.actions.fetchFromMirror('fmnist');
  expect(engine.types().slice(-2)).toEqual(['allowMirrors', 'selectDataset']);
  expect(allowed()).toEqual([['fmnist']]);

  engine.requests.length = 0;
  const next = await started({ memory });
  expect(next.store.getState().mirrors).toEqual(['fmnist']);
  expect(allowed()).toEqual([['fmnist']]);
  const types = engine.types();
  expect(types.indexOf('allowMirrors')).toBeLessThan(types.indexOf('selectDataset'));

  await next.actions.forgetMirror('fmnist');
  expect(allowed().at(-1)).toEqual([]);
  engine.requests.length = 0;
  const last = await started({ memory });
  expect(last.store.getState().mirrors).toEqual([]);
  expect(allowed()).toEqual([]);
});

test('what another page wrote where the yes is kept is no yes', async () => {
  const memory = fakeMemory();
  memory.write('mirrors', 'everything https://example.org mnist');
  expect((await started({ memory })).store.getState().mirrors).toEqual(['mnist']);
});

test('a new version waits for the training to end, and for the other tabs to be closed', async () => {
  const answers: TakeOver[] = ['others', 'held', 'taken'];
  let asked = 0;
  let reloads = 0;
  const app = await started({
    keepPage: async (tell) =>
      tell({
        takeOver: async () => {
          // Whoever asked sees that it is on its way, however long that takes.
          expect(app.store.getState().newVersion).toBe('coming');
          if (answers[asked] === 'taken') app.store.setState({ activity: 'training' });
          return answers[asked++]!;
        },
      }),
    reload() {
      reloads++;
    },
  });
  expect(app.store.getState().newVersion).toBe('ready');
  app.store.setState({ activity: 'training' });
  await app.actions.reloadToNewVersion();
  expect(asked).toBe(0);
  app.store.setState({ activity: 'idle' });
  await app.actions.reloadToNewVersion();
  expect(app.store.getState().newVersion).toBe('others');
  await app.actions.reloadToNewVersion();
  expect(app.store.getState().newVersion).toBe('held');
  expect(reloads).toBe(0);
  const going = app.actions.reloadToNewVersion();
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  expect(reloads).toBe(0);
  app.store.setState({ activity: 'idle' });
  await going;
  expect(reloads).toBe(1);
});
