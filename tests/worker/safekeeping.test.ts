import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { decodeModel } from '../../src/io/modelFile.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import type { SafeHave, SafeNetwork, SafeReport } from '../../src/protocol/safe.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { Safekeeping } from '../../src/worker/safekeeping.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * What the page keeps of the networks is all of them: an engine that knows nothing else goes on with them to the same bit.
 */
const SETTINGS = { sizes: [784, 12, 12], steps: 6, batch: 20 };
let session: Session;
let others: Session[];

const asking =
  (one: Session) =>
  <R extends Request>(request: R) =>
    one.handle(request) as Promise<Results[R['type']]>;
const ask = <R extends Request>(request: R) => asking(session)(request);
const pull = (one = session) =>
  asking(one)({ type: 'pull', have: { episode: 0, frames: 0, run: -1, points: 0 } });
const learn = (one = session) => asking(one)({ type: 'weightUpdate', of: 'training' });
/** Everything a network knows, and its place in the data. */
const everything = async (one = session) => {
  const { bytes } = await asking(one)({ type: 'saveModel' });
  return { ...decodeModel(bytes, 'a'), card: null };
};
const select = { type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SETTINGS } as const; // prettier-ignore

async function opened(): Promise<Session> {
  const one = new Session();
  await asking(one)({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await asking(one)({ type: 'selectDataset', dataset: 'synthetic' });
  return one;
}

/** What a page has once it was handed a report in place of what it had. */
function taken({ networks }: SafeReport, before: readonly SafeNetwork[] = []): SafeNetwork[] {
  return networks.map((one) => {
    const held = before.find(({ id }) => id === one.id);
    return { ...one, bytes: one.bytes ?? held!.bytes, origin: one.origin ?? held?.origin ?? null };
  });
}
const has = (networks: readonly SafeNetwork[]): SafeHave[] =>
  networks.map(({ id, stamp }) => ({ id, stamp }));
const kept = async () => taken(await ask({ type: 'keepSafe', have: [], now: true }));

/** Another engine that is given what the page has. */
async function revived(networks: readonly SafeNetwork[]) {
  const one = await opened();
  others.push(one);
  return { one, report: await asking(one)({ type: 'restore', networks }) };
}

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
beforeEach(async () => {
  others = [];
  session = await opened();
  await ask(select);
});
afterEach(() => Promise.all([session, ...others].map((one) => one.handle({ type: 'pause' }))));

describe('what the page keeps', () => {
  test('goes on in another engine as if nothing had happened: synapses, moments, place in the data, curves', async () => {
    for (let i = 0; i < 3; i++) await learn();
    const { one, report } = await revived(await kept());
    expect(report).toMatchObject({ updates: 3, model: { imagesSeen: 60, seed: 1 } });
    expect((await pull(one)).history.points).toEqual((await pull()).history.points);
    expect((await pull(one)).weightsVersion).toBe((await pull()).weightsVersion);
    for (const each of [session, one]) for (let i = 0; i < 2; i++) await learn(each);
    expect(await everything(one)).toEqual(await everything());
  });

  test('holds a batch that was half settled as not begun', async () => {
    await learn();
    await ask({ type: 'settlingStep', of: 'training' });
    await ask({ type: 'settlingStep', of: 'training' });
    const { one } = await revived(await kept());
    for (const each of [session, one]) await learn(each);
    expect(await everything(one)).toEqual(await everything());
  });

  test('is taken while training runs, again and again, and never holds less than the last', async () => {
    await ask({ type: 'startTraining' });
    let have: SafeNetwork[] = [];
    let before = 0;
    for (let i = 0; i < 2; i++) {
      have = taken(await ask({ type: 'keepSafe', have: has(have), now: false }), have);
      const { imagesSeen } = decodeModel(new Uint8Array(have[0]!.bytes), 'a').training!;
      expect(imagesSeen).toBeGreaterThan(before);
      before = imagesSeen;
    }
    await ask({ type: 'pause' });
    const { one } = await revived(have);
    expect((await pull(one)).model!.imagesSeen).toBe(before);
  });

  test('holds the network that was put aside too, and the way back to the first synapses', async () => {
    await learn();
    const learnt = await everything();
    await ask({ type: 'reseed', seed: 2 });
    await learn();
    const { one } = await revived(await kept());
    expect((await pull(one)).model).toMatchObject({ seed: 2, putAside: { imagesSeen: 20 } });
    await asking(one)({ type: 'putBack' });
    expect(await everything(one)).toEqual(learnt);
    await asking(one)({ type: 'rewind' });
    await ask(select);
    expect(await everything(one)).toEqual(await everything());
  });

  test('holds settings that were moved, and a file that was opened with what it held at first', async () => {
    await learn();
    const { bytes } = await ask({ type: 'saveModel' });
    await ask({ type: 'openModel', bytes: bytes.slice(0), name: 'mine.safetensors' });
    const first = await everything();
    await ask({ type: 'changeSettings', settings: { beta: 0.21 } });
    await learn();
    const { one } = await revived(await kept());
    expect((await pull(one)).model).toMatchObject({ config: { beta: 0.21 }, updatesHere: 1 });
    expect(await everything(one)).toEqual(await everything());
    await asking(one)({ type: 'rewind' });
    expect((await everything(one)).parameters).toEqual(first.parameters);
  });

  test('is nothing where nothing was learnt, and is not sent twice', async () => {
    expect(await kept()).toEqual([]);
    await learn();
    const have = await kept();
    expect(have).toHaveLength(1);
    const again = await ask({ type: 'keepSafe', have: has(have), now: true });
    expect(again.networks).toMatchObject([{ id: have[0]!.id, bytes: null }]);
    expect(again.networks[0]).not.toHaveProperty('origin');
  });

  test('is waited for, until there is something, or the page asks again', async () => {
    const waiting = ask({ type: 'keepSafe', have: [], now: false });
    const outdated = expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    const next = ask({ type: 'keepSafe', have: [], now: false });
    await outdated;
    await learn();
    expect((await next).networks).toHaveLength(1);
  });

  test('is soon all of it once training pauses, however long a copy takes and the next one would wait', async () => {
    vi.useFakeTimers();
    try {
      const network = { version: 1, savedVersion: 0, title: 'a', updatesBefore: 0, firstFile: null, model: { config: {} } }; // prettier-ignore
      const stepper = { kind: 'training', exclusive: <T>(work: () => T) => work() };
      const kept = {
        networks: { precious: [{ network, role: 'own' }], active: network },
        training: {
          // A copy takes 200 ms, and what it would copy does not matter.
          drain: () => new Promise((done) => setTimeout(done, 200)),
          runOf() {
            throw new NgcError('file', 'not written here');
          },
        },
        stepper,
      } as unknown as ConstructorParameters<typeof Safekeeping>[0];
      const keeping = new Safekeeping(kept);
      const first = keeping.keep([], true);
      await vi.advanceTimersByTimeAsync(200);
      const have = (await first).networks.map(({ id, stamp }) => ({ id, stamp }));
      network.version = 2;
      let arrived = false;
      void keeping.keep(have, false).then(() => (arrived = true));
      await vi.advanceTimersByTimeAsync(2000);
      expect(arrived).toBe(false);
      stepper.kind = 'idle';
      await vi.advanceTimersByTimeAsync(400);
      expect(arrived).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is no more once the device is lost: who waits hears at once, who asks later too', async () => {
    const nothing = { networks: { precious: [] }, stepper: { kind: null } } as unknown as ConstructorParameters<typeof Safekeeping>[0]; // prettier-ignore
    const keeping = new Safekeeping(nothing);
    const waiting = keeping.keep([], false);
    keeping.lose('The graphics device was lost.');
    keeping.lose('Something else.');
    const told = { networks: [], lost: 'The graphics device was lost.' };
    expect(await waiting).toEqual(told);
    expect(await keeping.keep([], true)).toEqual(told);
  });
});
