import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';

import { decodeModel, encodeModel } from '../../src/io/modelFile.ts';
import { NO_STOP } from '../../src/protocol/learning.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import type { Shelf } from '../../src/storage/shelf.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * Trainings are kept while they run: another session, which knows nothing but what lies in the browser's storage, goes on with them
 * to the same bit.
 */

const SETTINGS = { sizes: [784, 12, 12], steps: 6, batch: 20 };
let shelf: Shelf;
let session: Session;

const asking =
  (one: Session) =>
  <R extends Request>(request: R) =>
    one.handle(request) as Promise<Results[R['type']]>;
const ask = <R extends Request>(request: R) => asking(session)(request);
const pull = (one = session) =>
  asking(one)({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });
/** Everything a network knows, and its place in the data. */
const everything = async (one = session) => {
  const { bytes } = await asking(one)({ type: 'saveModel' });
  return { ...decodeModel(bytes, 'a'), card: null };
};
const learn = (one = session) => asking(one)({ type: 'weightUpdate', of: 'training' });
/** Trains by itself until so many updates are made, and pauses. */
async function train(updates: number, one = session) {
  await asking(one)({ type: 'startTraining' });
  await until(async () => expect((await pull(one)).training!.updates).toBeGreaterThanOrEqual(updates)); // prettier-ignore
  await asking(one)({ type: 'pause' });
}
/** The run that is being trained, as it is kept. */
const kept = async (one = session) =>
  until(async () => {
    const { autosave, training } = await pull(one);
    expect(autosave.card?.imagesSeen).toBe(training!.imagesSeen);
    return autosave.card!;
  });

async function opened(on: Shelf, seed = 1): Promise<Session> {
  const one = new Session(() => Promise.resolve(on));
  await asking(one)({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await asking(one)({ type: 'selectDataset', dataset: 'synthetic' });
  await asking(one)({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed, settings: SETTINGS }); // prettier-ignore
  return one;
}
/** What a closed tab leaves: its locks are free, what it had stored is there. */
const afterReload = (): Shelf => ({ ...shelf, claim: memoryShelf().claim });

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  shelf = memoryShelf();
  session = await opened(shelf);
});
afterEach(() => session.handle({ type: 'pause' }));

describe('a training', () => {
  test('goes on in another session as if it had not stopped: synapses, moments, place in the data, curves', async () => {
    await learn();
    await ask({ type: 'changeSettings', settings: { learningRate: 0.002 } });
    await train(12);
    const { id } = await kept();
    const at = (await pull()).training!.updates;

    const later = await opened(afterReload(), 9);
    const report = await asking(later)({ type: 'goOn', id });
    expect(report).toMatchObject({ model: { seed: 1, imagesSeen: 20 * at, weights: 'own' }, dataset: { dataset: 'synthetic' } }); // prettier-ignore
    expect(await everything(later)).toEqual(await everything());
    const [here, there] = [await pull(), await pull(later)];
    expect(there.history.points).toEqual(here.history.points);
    expect(there.training).toEqual(here.training);

    // Past the next measurement, which is due by the updates of both halves.
    while ((await pull()).training!.updates < at + 11) await learn();
    while ((await pull(later)).training!.updates < at + 11) await learn(later);
    await train(at + 12);
    await train(at + 12, later);
    const both = Math.max((await pull()).training!.updates, (await pull(later)).training!.updates);
    while ((await pull()).training!.updates < both) await learn();
    while ((await pull(later)).training!.updates < both) await learn(later);
    expect(await everything(later)).toEqual(await everything());
    const trained = (points: Awaited<ReturnType<typeof pull>>['history']['points']) =>
      points.filter(({ trainBce }) => trainBce !== null);
    expect(trained((await pull(later)).history.points)).toEqual(trained((await pull()).history.points)); // prettier-ignore
  });

  test('ends by itself where it would have ended, in another session too, and counts on', async () => {
    // How long an epoch will take is told by the clock: it is left out.
    const ends = { epochs: null, minutes: 500, bce: 1, patience: 900 };
    await ask({ type: 'setStop', rule: ends });
    await train(3);
    const { id } = await kept();
    const { stop } = (await pull()).training!;
    expect(stop!.fraction).toBeGreaterThan(0);

    const later = await opened(afterReload(), 9);
    await asking(later)({ type: 'setStop', rule: { ...ends, epochs: 7 } });
    expect((await asking(later)({ type: 'goOn', id })).stop).toEqual(ends);
    expect((await pull(later)).training!.stop).toEqual(stop);

    // What is set while it rests is kept too.
    const other = { ...ends, epochs: 3 };
    await ask({ type: 'setStop', rule: other });
    await until(async () => {
      const third = await opened(afterReload(), 9);
      expect((await asking(third)({ type: 'goOn', id })).stop).toEqual(other);
    });
  });

  test('rewinds to the synapses that it began with, not to where it was taken up', async () => {
    const fields = async (one: Session) => [...(await asking(one)({ type: 'fields', layer: 1 })).values]; // prettier-ignore
    const first = await fields(session);
    await learn();
    const { id } = await kept();
    const later = await opened(afterReload(), 9);
    await asking(later)({ type: 'goOn', id });
    expect(await fields(later)).not.toEqual(first);
    await asking(later)({ type: 'rewind' });
    expect(await fields(later)).toEqual(first);
  });

  test('is kept while it runs, and found so it was cut off', async () => {
    const real = performance.now.bind(performance);
    let ahead = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => real() + (ahead += 3_000));
    await ask({ type: 'startTraining' });
    await until(async () => expect((await pull()).autosave.card).not.toBeNull()); // prettier-ignore
    now.mockRestore();
    const { runs } = await asking(await opened(afterReload()))({ type: 'runs' });
    expect(runs).toEqual([expect.objectContaining({ underway: true, name: expect.stringMatching(/^GNCN-PDH on /) as string, variant: 'gncn-pdh', seed: 1 })]); // prettier-ignore
    await ask({ type: 'pause' });
    await until(async () => expect(await kept()).toMatchObject({ underway: false }));
  });

  test('that learnt nothing is not kept', async () => {
    await ask({ type: 'settlingStep', of: 'training' });
    await ask({ type: 'startTraining' });
    await ask({ type: 'pause' });
    await ask({ type: 'rewind' });
    const { runs } = await ask({ type: 'runs' });
    for (const run of runs) expect(run.imagesSeen).toBeGreaterThan(0);
  });

  test('that diverges says what to lower, and is kept as it was before that batch', async () => {
    const wild = { sizes: [784, 8, 8], steps: 40, beta: 1, leak: 0, learningRate: 10, optimizer: 'sgd', batch: 20, activation: 'identity' } as const; // prettier-ignore
    await ask({ type: 'selectModel', variant: 'gncn-t1', weights: 'own', seed: 1, settings: wild });
    await ask({ type: 'startTraining' });
    const said: string[] = [];
    await until(async () => {
      const { activity, notices } = await pull();
      said.push(...notices.map(({ text }) => text));
      expect(activity).toBe('idle');
    });
    expect(said.join(' ')).toMatch(/diverged after \d+ images.*learning rate \(now 10\).*step size \(now 1\)/); // prettier-ignore
    const card = await kept();
    expect(card).toMatchObject({ underway: false, variant: 'gncn-t1' });
    expect(card.imagesSeen).toBeGreaterThan(0);
  });

  test('that runs away, its numbers finite, goes back to when all was well, and is kept so', async () => {
    const bearable = { sizes: [784, 12, 8], steps: 4, batch: 20, learningRate: 0.05, maxNorm: 50 };
    await ask({
      type: 'selectModel',
      variant: 'gncn-t1',
      weights: 'own',
      seed: 1,
      settings: bearable,
    });
    for (let i = 0; i < 20; i++) await learn();
    const before = await kept();
    const { bytes: good } = await ask({ type: 'saveModel' });
    await ask({ type: 'changeSettings', settings: { learningRate: 20 } });
    await learn(); // its loss is of what was learnt before, and it is kept
    expect((await kept()).imagesSeen).toBe(before.imagesSeen + 20);
    await learn();
    await learn();
    await expect(learn()).rejects.toThrow(/diverged: the loss is .*The network is back where it was after 400 images/); // prettier-ignore
    const after = await kept();
    expect(after).toMatchObject({ id: before.id, imagesSeen: 400, epoch: before.epoch });
    const { training, history } = await pull();
    expect([training?.imagesSeen, training?.updates]).toEqual([400, 20]);
    expect(history.points.filter(({ trainBce }) => trainBce !== null)).toHaveLength(20);
    const [now, then] = [(await ask({ type: 'saveModel' })).bytes, good].map((bytes) => decodeModel(bytes, 'm')); // prettier-ignore
    expect(now!.parameters).toEqual(then!.parameters);
    expect(now!.optimizer).toEqual(then!.optimizer);
    expect(now!.training).toEqual(then!.training);
  });

  test('of a rewound network is another run; the first one stays', async () => {
    await learn();
    const first = await kept();
    await ask({ type: 'rewind' });
    await learn();
    const second = await kept();
    expect(second.id).not.toBe(first.id);
    expect(second.name).toBe(`${first.name} 2`);
    const { runs } = await ask({ type: 'runs' });
    expect(runs.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  });
});

describe('the shelf of runs', () => {
  test('renames, duplicates, removes and brings back', async () => {
    await learn();
    const { id, name } = await kept();
    await ask({ type: 'renameRun', id, name: '  With   <b>everything</b>\n' });
    expect((await pull()).autosave.card).toMatchObject({ id, name: 'With <b>everything</b>' });
    await learn();
    const whole = await kept();
    expect(whole.name).toBe('With <b>everything</b>');
    const { runs } = await ask({ type: 'duplicateRun', id });
    const copy = runs.find((run) => run.id !== id)!;
    expect(copy).toMatchObject({ name: 'With <b>everything</b>, copy', imagesSeen: 40 });

    const removed = await ask({ type: 'removeRun', id });
    expect(removed.runs.map((run) => run.id)).toEqual([copy.id]);
    const restored = await ask({ type: 'restoreRun' });
    expect(restored.runs.map((run) => run.id).sort()).toEqual([id, copy.id].sort());
    await expect(ask({ type: 'restoreRun' })).rejects.toThrow(/no run to bring back/);
    expect(name).not.toBe('');

    // The copy goes its own way.
    await ask({ type: 'goOn', id: copy.id });
    await learn();
    expect(await kept()).toMatchObject({ id: copy.id, imagesSeen: 60 });
    const { runs: both } = await ask({ type: 'runs' });
    expect(both.find((run) => run.id === id)).toMatchObject({ imagesSeen: 40 });
  });

  test('a run that is renamed while it is being written has the new name, and what was learnt', async () => {
    await learn();
    const { id } = await kept();
    const { write } = shelf;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const begun: string[] = [];
    shelf.write = async (name, bytes) => {
      begun.push(name);
      if (name.startsWith('runs/')) await held;
      await write(name, bytes);
    };
    await learn();
    await until(() => expect(begun).toHaveLength(1));
    const renamed = ask({ type: 'renameRun', id, name: 'Mine' });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    goOn();
    const { runs } = await renamed;
    expect(runs).toMatchObject([{ id, name: 'Mine', imagesSeen: 40 }]);
    expect(await kept()).toMatchObject({ id, name: 'Mine', imagesSeen: 40 });
    const { runs: later } = await ask({ type: 'runs' });
    expect(later).toMatchObject([{ name: 'Mine', imagesSeen: 40 }]);
  });

  test('a name given in another tab stays when the run is kept', async () => {
    await learn();
    const { id } = await kept();
    await asking(await opened(afterReload()))({ type: 'renameRun', id, name: 'Theirs' });
    await learn();
    expect(await kept()).toMatchObject({ id, name: 'Theirs', imagesSeen: 40 });
    const { runs } = await ask({ type: 'runs' });
    expect(runs).toMatchObject([{ name: 'Theirs', imagesSeen: 40 }]);
  });

  test('what is removed while it is open is kept as another run when it is trained on', async () => {
    await learn();
    const { id } = await kept();
    await ask({ type: 'removeRun', id });
    await learn();
    const next = await kept();
    expect(next.id).not.toBe(id);
    expect(next.imagesSeen).toBe(40);
  });

  test('a run belongs to one page: another is refused, and may take a copy', async () => {
    await learn();
    const { id } = await kept();
    const other = await opened(shelf, 9);
    await expect(asking(other)({ type: 'goOn', id })).rejects.toThrow(/open in another tab.*duplicate it/); // prettier-ignore
    await expect(asking(other)({ type: 'removeRun', id })).rejects.toThrow(/open in another tab/);
    const { runs } = await asking(other)({ type: 'duplicateRun', id });
    const copy = runs.find((run) => run.id !== id)!;
    await asking(other)({ type: 'goOn', id: copy.id });
    expect((await pull(other)).model).toMatchObject({ imagesSeen: 20 });
  });

  test('an exported run is a checkpoint that says what the command line asks for, and is taken in again', async () => {
    await learn();
    const { id } = await kept();
    await ask({ type: 'renameRun', id, name: 'Mine / theirs' });
    const { bytes, name } = await ask({ type: 'exportRun', id });
    expect(name).toBe('Mine-theirs.safetensors');
    const { card, training, optimizer } = decodeModel(bytes, name);
    expect(card).toMatchObject({ dataset: 'synthetic', trainImages: '9000', heldOut: 'true' });
    expect(training).toMatchObject({ step: 1, epoch: 0, offset: 20, imagesSeen: 20, seed: 1 });
    expect(optimizer).not.toBeNull();

    const other = await opened(memoryShelf());
    const { run, model } = await asking(other)({ type: 'openModel', bytes: bytes.slice(0), name });
    expect(model.imagesSeen).toBe(20);
    expect(run).toMatchObject({ name: 'Mine / theirs', imagesSeen: 20 });
    await asking(other)({ type: 'goOn', id: run!.id });
    expect((await pull(other)).history.points.length).toBe((await pull()).history.points.length);
  });

  test('runs are compared by what they are made of and how they went; what cannot be read is left out', async () => {
    await learn();
    const first = await kept();
    await ask({ type: 'changeSettings', settings: { lateral: 'none' } });
    for (let i = 0; i < 3; i++) await learn();
    const second = await kept();
    expect(second.id).not.toBe(first.id);
    await shelf.write('runs/broken.safetensors', new Uint8Array(20));
    const compared = await ask({ type: 'compareRuns', ids: [first.id, second.id, 'broken', 'gone'] }); // prettier-ignore
    expect(compared.map(({ card }) => card.id)).toEqual([first.id, second.id]);
    const [one, other] = compared.map(({ config, images, curves }) => ({ lateral: config.lateral, images, told: curves.trainBce.filter((bce) => bce !== null).length })); // prettier-ignore
    expect(one).toEqual({ lateral: 'groups', images: [20], told: 1 });
    expect(other).toEqual({ lateral: 'none', images: [20, 40, 60], told: 3 });
  });

  test('a missing card is made anew from the file', async () => {
    await learn();
    const card = await kept();
    await shelf.remove(`cards/${card.id}.json`);
    expect((await ask({ type: 'runs' })).runs).toEqual([card]);
  });
});

describe('what cannot be kept, or is not what it should be', () => {
  test('storage that is full is told once, training goes on, and it is kept when there is room again', async () => {
    let full = true;
    const refusing: Shelf = {
      ...shelf,
      place: 'a disk',
      write: (name, bytes) => full ? Promise.reject(new Error('there is no room left')) : shelf.write(name, bytes), // prettier-ignore
    };
    session = await opened(refusing);
    const said: string[] = [];
    for (let i = 0; i < 3; i++) {
      await learn();
      await until(async () => {
        const { autosave, notices } = await pull();
        said.push(...notices.map(({ text }) => text));
        expect(autosave.refused).toMatch(/no room left/);
      });
    }
    expect(said.filter((text) => /could not be kept: .*no room left/.test(text))).toHaveLength(1);
    expect((await pull()).unsaved).toBe(true);
    full = false;
    await learn();
    expect(await kept()).toMatchObject({ imagesSeen: 80 });
    expect((await pull()).autosave.refused).toBeNull();
    expect((await pull()).unsaved).toBe(false);
  });

  test('the images of a run that are not here are named', async () => {
    await learn();
    const { id } = await kept();
    const bytes = (await shelf.read(`runs/${id}.safetensors`))!;
    const file = decodeModel(bytes, 'a');
    const run = JSON.parse(file.card!['run']!) as { card: { dataset: object } };
    run.card.dataset = { id: 'mnist', title: 'MNIST', images: 58_000 };
    const other = memoryShelf();
    await other.write('runs/x.safetensors', encodeModel({ ...file, card: { ...file.card, run: JSON.stringify(run) } })); // prettier-ignore
    session = await opened(other);
    await expect(ask({ type: 'goOn', id: 'x' })).rejects.toThrow(/learns from 58,000 images of MNIST, and they are not here/); // prettier-ignore
    expect((await pull()).model!.imagesSeen).toBe(0);
  });

  test.each([
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, 900)],
    ['of another version', (bytes: Uint8Array) => rerun(bytes, { version: 4 })],
    ['without an end that can be', (bytes: Uint8Array) => rerun(bytes, { ending: { rule: { epochs: 0 }, count: null } })], // prettier-ignore
    ['without its curves', (bytes: Uint8Array) => rerun(bytes, { history: 'all of them' })],
    ['no JSON', (bytes: Uint8Array) => recard(bytes, '{')],
  ])('a run that is %s is refused in a sentence, and stays where it is', async (_, broken) => {
    await learn();
    const { id } = await kept();
    const name = `runs/${id}.safetensors`;
    const damaged = broken((await shelf.read(name))!);
    await shelf.write(name, damaged);
    session = await opened(afterReload(), 9);
    const before = await everything();
    await expect(ask({ type: 'goOn', id })).rejects.toMatchObject({ kind: 'file' });
    expect(await everything()).toEqual(before);
    expect(await shelf.read(name)).toEqual(damaged);
  });

  test('a run that was kept when curves told less goes on, and tells more from there', async () => {
    await learn();
    const { id } = await kept();
    const name = `runs/${id}.safetensors`;
    const points = (await pull()).history.points.map((point) => {
      const before: Record<string, unknown> = { ...point, weightChange: 0.5 };
      delete before['mmse'];
      delete before['weightChanges'];
      return before;
    });
    await shelf.write(name, rerun((await shelf.read(name))!, { version: 1, measured: null, history: points, ending: undefined })); // prettier-ignore
    session = await opened(afterReload(), 9);
    const ends = { epochs: 2, minutes: null, bce: null, patience: null };
    await ask({ type: 'setStop', rule: ends });
    expect((await ask({ type: 'goOn', id })).stop).toEqual(ends);
    await learn();
    const { history } = await pull();
    expect(history.points.map(({ weightChanges }) => weightChanges.length)).toEqual([...points.map(() => 0), 5]); // prettier-ignore
  });

  test('a run that was kept before its end was goes on, and ends as the page says', async () => {
    await ask({ type: 'setStop', rule: { epochs: 5, minutes: null, bce: null, patience: null } });
    await learn();
    const { id } = await kept();
    const name = `runs/${id}.safetensors`;
    await shelf.write(name, rerun((await shelf.read(name))!, { version: 2, ending: undefined }));
    session = await opened(afterReload(), 9);
    expect((await ask({ type: 'goOn', id })).stop).toEqual(NO_STOP);
    expect((await pull()).training!.imagesSeen).toBe(20);
  });

  const recard = (bytes: Uint8Array, run: string) => {
    const file = decodeModel(bytes, 'a');
    return encodeModel({ ...file, card: { ...file.card, run } });
  };
  const rerun = (bytes: Uint8Array, change: object) =>
    recard(bytes, JSON.stringify({ ...(JSON.parse(decodeModel(bytes, 'a').card!['run']!) as object), ...change })); // prettier-ignore
});
