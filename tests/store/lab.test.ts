import { describe, expect, test } from 'vitest';
import { cellResult } from '../helpers/labResults.ts';
import {
  engine,
  hash,
  notices,
  setHash,
  started,
  useFakeEngine,
  wait,
} from '../helpers/openPage.ts';

useFakeEngine();

const file = (results = [cellResult()]) =>
  JSON.stringify({ format: 'ngc-lab', version: 1, experiment: 'table-1', results });

describe('the Lab', () => {
  test('opens where the address says, and says it in the address', async () => {
    setHash('#mode=lab&experiment=figure-4&budget=standard');
    const app = await started();
    expect(app.store.getState().setUp).toMatchObject({
      mode: 'lab',
      experiment: 'figure-4',
      budget: 'standard',
    });
    app.actions.openExperiment('table-1');
    await wait();
    expect(hash).toContain('mode=lab');
    expect(hash).toContain('experiment=table-1'); // though it is the usual one
  });

  test('pauses what settles when it is entered', async () => {
    const app = await started();
    app.store.setState({ activity: 'settling' });
    await app.actions.setMode('lab');
    expect(engine.types().at(-2)).toBe('pause');
  });

  test('gets what an experiment is shipped with once', async () => {
    const asked: string[] = [];
    const app = await started({
      readBeside: (name) => (asked.push(name), Promise.resolve(file())),
    });
    await app.actions.fetchShipped('table-1');
    await app.actions.fetchShipped('table-1');
    expect(asked).toEqual(['lab/table-1.json']);
    expect(app.store.getState().labShipped['table-1']).toEqual([cellResult()]);
  });

  test('where nothing is shipped there is nothing, and no complaint', async () => {
    const app = await started();
    await app.actions.fetchShipped('table-1');
    expect(app.store.getState().labShipped['table-1']).toEqual([]);
    expect(notices(app)).toEqual([]);
  });

  test.each([
    ['cut off', '{"format": "ngc-la', /table-1\.json is cut off/],
    ['of another version', file().replace('"version":1', '"version":9'), /another version/],
  ])('a file that is %s is said', async (_, text, sentence) => {
    const app = await started({ readBeside: () => Promise.resolve(text) });
    await app.actions.fetchShipped('table-1');
    expect(app.store.getState().labShipped['table-1']).toEqual([]);
    expect(notices(app).join(' ')).toMatch(sentence);
  });
});
