import { describe, expect, test } from 'vitest';
import { experimentOf } from '../../src/experiments/experiments.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import { openSealed, sealedJson } from '../../src/experiments/sealed.ts';
import type { Runner } from '../../src/worker/labSession.ts';
import { fakeLab } from '../fakes/lab.ts';
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
const sealedFile = sealedJson(JSON.parse(file()) as object);

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
    await app.actions.visitLab('table-1');
    await app.actions.visitLab('table-1');
    expect(asked).toEqual(['lab/table-1.json']);
    expect(app.store.getState().labShipped['table-1']).toEqual([cellResult()]);
  });

  test('where nothing is shipped there is nothing, and no complaint', async () => {
    const app = await started();
    await app.actions.visitLab('table-1');
    expect(app.store.getState().labShipped['table-1']).toEqual([]);
    expect(notices(app)).toEqual([]);
  });

  test.each([
    ['cut off', '{"format": "ngc-la', /table-1\.json is cut off/],
    ['of another version', file().replace('"version":1', '"version":9'), /another version/],
    [
      'another than its digest says',
      sealedFile.then((text) => text.replace('"seed":1', '"seed":2')),
      /table-1\.json is damaged/,
    ],
  ])('a file that is %s is said', async (_, text, sentence) => {
    const app = await started({ readBeside: async () => text });
    await app.actions.visitLab('table-1');
    expect(app.store.getState().labShipped['table-1']).toEqual([]);
    expect(notices(app).join(' ')).toMatch(sentence);
  });
});

/** A runner that gives every cell a result, and waits before each until it is let. */
function slowRunner() {
  const waiting: (() => void)[] = [];
  const ran: string[] = [];
  const runner: Runner = async ({ cells, budget, signal, ...hears }) => {
    for (const { key, row, dataset, seed, experiment } of cells) {
      hears.onBegin(key);
      hears.onProgress('Training', 0.5);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
      if (signal.aborted) throw new NgcError('cancelled', 'stopped');
      ran.push(key);
      const origin = { ...cellResult().origin, budget };
      hears.onResult(cellResult({ key, row, dataset, seed, experiment, origin }));
    }
  };
  return { runner, ran, next: () => waiting.shift()?.() };
}

const table1 = experimentOf('table-1');
const mnistRae = { row: 'rae', dataset: 'mnist' } as const;

describe('runs of the Lab', () => {
  test('a cell fills in live, then shows what came out', async () => {
    const { runner, next } = slowRunner();
    const lab = fakeLab(runner);
    const app = await started({ spawnLab: () => lab.client });
    void app.actions.runPlace(table1, mnistRae);
    await wait();
    expect(app.store.getState().labRun).toMatchObject({
      experiment: 'table-1',
      cells: ['rae.mnist.s1'],
      done: 0,
      cell: { key: 'rae.mnist.s1', label: 'Training', fraction: 0.5 },
    });
    next();
    await wait();
    expect(app.store.getState().labRun).toBeNull();
    expect(app.store.getState().labTurning).toBeNull();
    expect(app.store.getState().labOwn['table-1']?.map(({ key }) => key)).toEqual(['rae.mnist.s1']);
  });

  test('after a stop the finished cells stay, and Run all goes on with the others', async () => {
    const { runner, ran, next } = slowRunner();
    const lab = fakeLab(runner);
    const app = await started({ spawnLab: () => lab.client });
    app.actions.setBudget('standard');
    void app.actions.runRow(table1, 'rae');
    await wait();
    next();
    await wait();
    await app.actions.stopLab();
    await wait();
    expect(app.store.getState().labRun).toBeNull();
    expect(ran).toEqual(['rae.mnist.s1']);
    expect(notices(app)).toEqual([]); // a stop is no error
    void app.actions.runRow(table1, 'rae');
    await wait();
    expect(app.store.getState().labRun?.cells).not.toContain('rae.mnist.s1');
    expect(app.store.getState().labRun?.cells).toContain('rae.kmnist.s1');
  });

  test('what was run is there after a reload, and can be removed and brought back', async () => {
    const shelf = memoryShelf();
    const kept = cellResult({ origin: { ...cellResult().origin, budget: 'quick' } });
    const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    await shelf.write('cells/table-1/quick/rae.mnist.s1.json', bytes(kept));
    await shelf.write('cells/table-1/quick/gvae.mnist.s1.json', bytes({ ...kept, version: 9 }));
    const app = await started({ spawnLab: () => fakeLab(undefined, shelf).client });
    await app.actions.visitLab('table-1');
    expect(app.store.getState().labOwn['table-1']).toEqual([kept]);
    await app.actions.removeResults('table-1');
    expect(app.store.getState().labOwn['table-1']).toEqual([]);
    expect(await shelf.list('cells/')).toEqual([]);
    expect(app.store.getState().notices.at(-1)?.offer).toBe('restoreResults');
    await app.actions.restoreResults();
    expect(app.store.getState().labOwn['table-1']).toEqual([kept]);
    expect(await shelf.list('cells/')).toHaveLength(2);
  });

  test('cells whose data cannot be had say why; the others go on', async () => {
    const reason = 'KMNIST is not here: drop its files on the page.';
    const lab = fakeLab(async ({ cells, onMissing }) => {
      for (const { key, dataset } of cells) if (dataset === 'kmnist') onMissing(key, reason);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    });
    const app = await started({ spawnLab: () => lab.client });
    app.actions.setBudget('standard');
    void app.actions.runRow(table1, 'rae');
    await wait();
    expect(app.store.getState().labFailed).toEqual(
      Object.fromEntries([1, 2, 3].map((seed) => [`table-1/rae.kmnist.s${seed}`, reason])),
    );
  });

  /** Workers that share a shelf, as those of one browser do; the newest is the last. */
  const workers = (runner: Runner) => {
    const shelf = { ...memoryShelf(), place: 'a test' };
    const all: ReturnType<typeof fakeLab>[] = [];
    const spawnLab = () => {
      all.push(fakeLab(runner, shelf));
      return all.at(-1)!.client;
    };
    return { all, spawnLab };
  };
  const KILLED = 'The Lab stopped: its thread ended.';

  test('a worker that dies under a run is followed by another, which runs what has no result yet', async () => {
    const { runner, ran, next } = slowRunner();
    const { all, spawnLab } = workers(runner);
    const app = await started({ spawnLab });
    app.actions.setBudget('standard');
    void app.actions.runRow(table1, 'rae');
    await wait();
    next();
    await wait();
    all[0]!.die(KILLED);
    await wait();
    expect(all).toHaveLength(2);
    const run = app.store.getState().labRun;
    expect(run?.cells).toContain('rae.kmnist.s1');
    expect(run?.cells).not.toContain('rae.mnist.s1'); // it has its result
    expect(notices(app)).toEqual(['The Lab stopped and was started again; what was finished is kept, and the cell under way goes on where it was kept last.']); // prettier-ignore
    expect(app.store.getState().notices[0]).toMatchObject({ level: 'info', details: [KILLED] });
    while (app.store.getState().labRun !== null) {
      next();
      await wait();
    }
    expect(new Set(ran).size).toBe(app.store.getState().labOwn['table-1']!.length);
    expect(app.store.getState()).toMatchObject({ labWorker: 'ready', labTurning: null });
  });

  test('workers that die again and again compute in a simpler way, and in the end it is said', async () => {
    const asked: unknown[] = [];
    const { all, spawnLab } = workers(({ backend, alone }) => {
      asked.push([backend, alone]);
      return new Promise(() => undefined);
    });
    const app = await started({ spawnLab, now: () => 0 });
    void app.actions.runPlace(table1, mnistRae);
    for (let deaths = 0; deaths < 20 && app.store.getState().labWorker !== 'failed'; deaths++) {
      await wait();
      all.at(-1)!.die(KILLED);
      await wait();
    }
    expect(asked[0]).toEqual(['auto', false]);
    expect(asked.at(-1)).toEqual(['cpu', true]);
    expect(app.store.getState()).toMatchObject({ labRun: null, labTurning: null, engine: 'ready' });
    expect(notices(app).at(-1)).toBe(`${KILLED} What was finished is kept; run again to go on.`);
  });

  test('a device that is lost under a run is a worker that is lost; a refusal before any cell is none', async () => {
    let lose: () => void = () => undefined;
    const { all, spawnLab } = workers(({ cells, onBegin }) => {
      if (all.length === 1) onBegin(cells[0]!.key);
      return new Promise((_, reject) => {
        lose = () => reject(new NgcError('backend', 'The graphics device was lost.'));
      });
    });
    const app = await started({ spawnLab });
    void app.actions.runPlace(table1, mnistRae);
    await wait();
    lose();
    await wait();
    expect(all).toHaveLength(2);
    lose();
    await wait();
    expect(all).toHaveLength(2);
    expect(notices(app).at(-1)).toBe('The graphics device was lost.');
    expect(app.store.getState().labRun).toBeNull();
  });

  test('a worker that dies while it is to stop is not followed by another', async () => {
    const { all, spawnLab } = workers(() => new Promise(() => undefined));
    const app = await started({ spawnLab });
    void app.actions.runPlace(table1, mnistRae);
    await wait();
    void app.actions.stopLab();
    all[0]!.die(KILLED);
    await wait();
    expect(all).toHaveLength(1);
    expect(app.store.getState()).toMatchObject({ labRun: null, labTurning: null, engine: 'ready' });
  });

  test('a Lab that dies while it rests says so; the theatre stays, and a run starts it anew', async () => {
    const { runner } = slowRunner();
    const { all, spawnLab } = workers(runner);
    const app = await started({ spawnLab });
    await app.actions.visitLab('table-1');
    all[0]!.die(KILLED);
    expect(app.store.getState()).toMatchObject({ labWorker: 'failed', engine: 'ready' });
    expect(notices(app).join(' ')).toContain(KILLED);
    void app.actions.runPlace(table1, mnistRae);
    await wait();
    expect(app.store.getState().labRun).not.toBeNull();
  });

  test('a network that was trained here opens in the theatre', async () => {
    const shelf = memoryShelf();
    await shelf.write('models/pdh.safetensors', new Uint8Array([1, 2, 3]));
    setHash('#mode=lab');
    const app = await started({ spawnLab: () => fakeLab(undefined, shelf).client });
    await app.actions.openInTheatre('models/pdh.safetensors', 'GNCN-PDH');
    const opened = engine.requests.find((request) => request.type === 'openModel');
    expect(opened && 'bytes' in opened && [...new Uint8Array(opened.bytes)]).toEqual([1, 2, 3]);
    expect(app.store.getState().setUp.mode).toBe('complete');
  });

  test('a figure that cannot be drawn is a sentence, and no file', async () => {
    const saved: string[] = [];
    const app = await started({ download: (_, name) => void saved.push(name) });
    await app.actions.exportSvg(table1, () => Promise.resolve(null));
    expect(notices(app).at(-1)).toMatch(/nothing to draw/);
    await app.actions.exportSvg(table1, () => Promise.reject(new Error('The font is gone.')));
    expect(notices(app).at(-1)).toMatch(/could not be made: The font is gone/);
    expect(saved).toEqual([]);
  });

  test('exports hold whose each number is', async () => {
    const saved = new Map<string, string>();
    const app = await started({
      readBeside: () => Promise.resolve(file()),
      download: (bytes, name) => void saved.set(name, new TextDecoder().decode(bytes)),
    });
    await app.actions.visitLab('table-1');
    app.actions.exportCsv(table1);
    const csv = saved.get('table-1.csv') ?? '';
    expect(csv).toContain('paper,table-1,rae,mnist,,,,printed,bce,60.94,0.58,');
    expect(csv).toContain('shipped,table-1,rae,mnist,,1,standard,done,bce,60,,');
    await app.actions.exportJson(table1);
    await app.actions.exportSvg(table1, () => Promise.resolve('<svg></svg>'));
    expect(saved.get('table-1.svg')).toBe('<svg></svg>');
    const json = saved.get('table-1.json') ?? '';
    const opened = await openSealed(json, JSON.parse(json), 'table-1.json');
    expect(opened).toEqual({ value: JSON.parse(file()) as unknown, sealed: true });
  });
});
