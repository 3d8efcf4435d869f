import { describe, expect, it } from 'vitest';

import { RequestError } from '../../src/client/client.ts';
import type { LabRequest } from '../../src/protocol/lab.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import { machineOf } from '../../src/worker/machine.ts';
import { fakeLab } from '../fakes/lab.ts';
import { cellResult } from '../helpers/labResults.ts';

const run = { type: 'run', experiment: 'table-1', budget: 'quick', cells: ['rae.mnist.s1'], backend: 'wasm', mirrors: [] } as const; // prettier-ignore
const refusal = async (request: object) => {
  const asked = fakeLab().client.request(request as LabRequest);
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  if (!(error instanceof RequestError)) throw new Error('It was not refused.');
  return `${error.kind}: ${error.message}`;
};

describe('the Lab’s worker refuses', () => {
  it.each([
    [{ type: 'dance' }, 'usage: There is no request of type "dance".'],
    [{ ...run, budget: 'huge' }, 'usage: run: budget must be one of quick, standard, paper'],
    [{ ...run, experiment: 'table-9' }, 'usage: There is no experiment table-9'],
    [{ ...run, cells: ['rae.mars.s1'] }, 'usage: There is no such cell to run.'],
    [{ ...run, cells: 'all' }, 'usage: run: cells must be a list'],
    [{ type: 'pull', have: -1 }, 'usage: pull: have must be a whole number'],
    [{ type: 'model', name: 'models/none' }, 'file: The model of this cell is not here any more'],
    [{ type: 'look', model: 'a', pixels: new Float32Array(784), mask: null, rule: 'best' }, 'usage: Ask which models there are first.'],
    [{ type: 'look', model: 'a', pixels: new Float32Array(3), mask: null, rule: 'best' }, 'usage: look: pixels must'],
  ])('%j', async (request, sentence) => {
    expect(await refusal(request)).toContain(sentence);
  }); // prettier-ignore

  it('a second run while one is on, and removing what runs', async () => {
    const { client } = fakeLab(() => new Promise(() => undefined));
    void client.request(run).catch(() => undefined);
    await Promise.resolve();
    await expect(client.request(run)).rejects.toThrow('Something runs already');
    await expect(client.request({ type: 'remove', experiment: 'table-1' })).rejects.toThrow('Stop the run first'); // prettier-ignore
  });
});

describe('removing results', () => {
  it('takes their models along, but not those that results of other experiments have too', async () => {
    const shelf = memoryShelf();
    const put = (name: string, value: object) =>
      shelf.write(name, new TextEncoder().encode(JSON.stringify(value)));
    await put('cells/table-1/quick/a.json', cellResult({ model: 'models/shared' }));
    await put('cells/table-1/quick/b.json', cellResult({ row: 'gvae', model: 'models/alone' }));
    await put('cells/table-2/quick/a.json', cellResult({ experiment: 'table-2', model: 'models/shared' })); // prettier-ignore
    for (const name of ['models/shared', 'models/alone']) await put(name, {});
    const { client } = fakeLab(undefined, shelf);
    expect(await client.request({ type: 'remove', experiment: 'table-1' })).toEqual({ results: 2 });
    expect(await shelf.list('')).toEqual(['cells/table-2/quick/a.json', 'models/shared']);
    await client.request({ type: 'restore' });
    expect(await shelf.list('')).toHaveLength(5);
  });
});

describe('what a result names as its machine', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [`${agent} Chrome/130.0.0.0 Safari/537.36`, 8, 'Chrome 130 on Linux, 8 cores'],
    [`${agent} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`, 1, 'Edge 130 on Linux, 1 core'],
    ['Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0', 4, 'Firefox 132 on Windows, 4 cores'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1', 6, 'Safari 17 on iPhone, 6 cores'],
    ['curl', 2, 'a browser, 2 cores'],
  ])('%s', (userAgent, hardwareConcurrency, said) => {
    expect(machineOf({ userAgent, hardwareConcurrency })).toBe(said);
  }); // prettier-ignore
});
