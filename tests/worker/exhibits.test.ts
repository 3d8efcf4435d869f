import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../../src/client/client.ts';
import type { ExhibitsRequest, SlotReport } from '../../src/protocol/exhibits.ts';
import { fakeHall } from '../fakes/hall.ts';
import type { Counting } from '../helpers/counting.ts';
import { counting } from '../helpers/counting.ts';

const opening = { type: 'open', slot: 0, exhibit: 'free-energy', values: {}, seed: 3, base: 'http://test/', backend: 'auto' } as const; // prettier-ignore

function hall(what: Counting = {}) {
  const { programs, log } = counting(what);
  const { client } = fakeHall(programs);
  const ask = (request: ExhibitsRequest) => client.request(request);
  const pull = async (slot = 0, have = 0): Promise<SlotReport> => {
    const told = await client.request({ type: 'pull', slots: [{ slot, have }] });
    if (!told.slots[0]) throw new Error(`Nothing is open in slot ${slot}.`);
    return told.slots[0];
  };
  /** Looks until it is so. */
  const until = async (is: (report: SlotReport) => boolean, slot = 0): Promise<SlotReport> => {
    for (;;) {
      const report = await pull(slot);
      if (is(report)) return report;
      await new Promise((soon) => setTimeout(soon));
    }
  };
  const stands = (standing: SlotReport['standing'], slot = 0) => until((report) => report.standing === standing, slot); // prettier-ignore
  return { ask, pull, until, stands, log };
}
const stepOf = ({ frame }: SlotReport) => frame?.step ?? -1;

const refusal = async (request: object) => {
  const { ask, stands } = hall();
  await ask(opening);
  await stands('resting');
  const error: unknown = await ask(request as ExhibitsRequest).catch((thrown: unknown) => thrown);
  if (!(error instanceof RequestError)) throw new Error('It was not refused.');
  return `${error.kind}: ${error.message}`;
};

describe('the hall’s worker refuses', () => {
  it.each([
    [{ type: 'dance' }, 'usage: There is no request of type "dance".'],
    [{ ...opening, exhibit: 'mona-lisa' }, 'usage: open: exhibit must be one of two-gaussians'],
    [{ ...opening, values: { width: 99 } }, 'usage: width must be a number from'],
    [{ ...opening, values: { beauty: 1 } }, 'usage: This exhibit has no control beauty.'],
    [{ ...opening, values: { mean: [1] } }, 'usage: open: values: mean cannot be [1].'],
    [{ ...opening, slot: 64 }, 'usage: open: slot must be a whole number from 0 to 63'],
    [{ ...opening, base: 'nowhere' }, 'usage: open: base must be a whole address'],
    [{ type: 'run', slot: 1, perSecond: 1 }, 'usage: Nothing is open in slot 1.'],
    [{ type: 'run', slot: 0, perSecond: -1 }, 'usage: run: perSecond must be a number'],
    [{ type: 'change', slot: 0, values: { mean: 'wide' } }, 'usage: mean must be a number from'],
    [{ type: 'act', slot: 0, act: { name: 'push', values: [] } }, 'usage: There is no push here.'],
    [{ type: 'act', slot: 0, act: { name: 'pull', values: [NaN] } }, 'usage: act: act: values[0] must be a number'],
    [{ type: 'pull', slots: [{ slot: 0, have: -1 }] }, 'usage: pull: slots[0]: have must be a whole number'],
  ])('%j', async (request, sentence) => {
    expect(await refusal(request)).toContain(sentence);
  }); // prettier-ignore

  it('to run what answers to the hand', async () => {
    const { ask, stands } = hall();
    await ask({ ...opening, exhibit: 'two-gaussians' });
    await stands('resting');
    await expect(ask({ type: 'run', slot: 0, perSecond: 1 })).rejects.toThrow('answers to the hand');
  }); // prettier-ignore
});

describe('an exhibit', () => {
  it('rests when it has begun, makes the steps it is asked for, and rests again', async () => {
    const { ask, pull, stands } = hall();
    await ask(opening);
    expect(await stands('resting')).toMatchObject({ frame: { step: 0 }, exhibit: 'free-energy' });
    await ask({ type: 'step', slot: 0, count: 7 });
    expect(await pull()).toMatchObject({ standing: 'resting', frame: { step: 7, metric: 21 } });
  });

  it('waits for other miniatures, one after the other; what is on show waits for none of them', async () => {
    const begin: (() => void)[] = [];
    const { ask, pull, stands, log } = hall({
      before: () => new Promise((done) => void begin.push(done)),
    });
    await ask({ ...opening, slot: 1, seed: 1 });
    await ask({ ...opening, slot: 2, seed: 2 });
    await ask({ ...opening, slot: 0, seed: 5 });
    await vi.waitFor(() => expect(log).toHaveLength(2));
    expect(log.toSorted()).toEqual(['begin 1', 'begin 5']);
    expect(await pull(2)).toMatchObject({ standing: 'opening', frame: null });
    for (const go of begin) go();
    await stands('resting', 1);
    await vi.waitFor(() => expect(begin).toHaveLength(3));
    begin[2]!();
    await stands('resting', 2);
  });

  it('is sent only where the page has an older frame', async () => {
    const { ask, pull, stands } = hall();
    await ask(opening);
    const { version } = await stands('resting');
    expect((await pull(0, version)).frame).toBeNull();
    await ask({ type: 'step', slot: 0, count: 1 });
    expect(stepOf(await pull(0, version))).toBe(1);
  });

  it('runs as fast as it can, hears that it is to pause, and goes on', async () => {
    const { ask, pull, stands, until } = hall();
    await ask(opening);
    await ask({ type: 'run', slot: 0, perSecond: null }); // before it has begun
    await until((report) => stepOf(report) > 100);
    await ask({ type: 'pause', slot: 0 });
    const at = stepOf(await stands('resting'));
    await new Promise((soon) => setTimeout(soon, 20));
    expect(stepOf(await pull())).toBe(at);
    await ask({ type: 'run', slot: 0, perSecond: null });
    await until((report) => stepOf(report) > at);
  });

  it('comes to its end by itself, and begins again from the same seed when it is rewound', async () => {
    const { ask, stands, log } = hall({ last: 5 });
    await ask(opening);
    await ask({ type: 'run', slot: 0, perSecond: null });
    expect(await stands('ended')).toMatchObject({ frame: { step: 5 } });
    await ask({ type: 'rewind', slot: 0, seed: 3 });
    expect(await stands('resting')).toMatchObject({ frame: { step: 0 } });
    expect(log).toEqual(['begin 3', 'close', 'begin 3']);
  });

  it('hears of controls while it runs; those that decide its beginning begin it anew, and it runs on', async () => {
    const { ask, stands, until, log } = hall();
    await ask(opening);
    await stands('resting');
    await ask({ type: 'change', slot: 0, values: { mean: 1 } });
    expect(log).toEqual(['begin 3', 'change 1']);
    await ask({ type: 'run', slot: 0, perSecond: null });
    await until((report) => stepOf(report) > 10);
    await ask({ type: 'act', slot: 0, act: { name: 'pull', values: [1, 2] } });
    expect(log.at(-1)).toBe('pull');
    await ask({ type: 'pause', slot: 0 });
  });

  it('that throws stops, says why, and stops nothing else', async () => {
    const { ask, stands, until } = hall({
      within: (step) => {
        if (step === 4) throw new Error('the spring broke');
      },
    });
    await ask(opening);
    await ask({ ...opening, slot: 1, exhibit: 'two-gaussians' });
    await ask({ type: 'run', slot: 0, perSecond: null });
    const { says } = await stands('failed');
    expect(says).toBe('This exhibit has a fault and stopped: the spring broke');
    await ask({ type: 'change', slot: 1, values: { believedMean: 0 } });
    await until((report) => report.frame?.metric !== null, 1);
    await ask({ type: 'rewind', slot: 0, seed: 3 });
    await stands('resting');
  });

  it('is heard of in the middle of a long step, and left in the middle of one', async () => {
    let goOn: () => void = () => undefined;
    const { ask, until, stands, log } = hall({ within: () => new Promise((done) => (goOn = done)) });
    await ask(opening);
    await stands('resting');
    void ask({ type: 'step', slot: 0, count: 3 });
    await until((report) => stepOf(report) === 1);
    await ask({ type: 'close', slot: 0 });
    await ask({ ...opening, seed: 4 });
    await stands('resting'); // the other one
    expect(log).toEqual(['begin 3', 'begin 4']); // a step that is not over is not cut off
    goOn();
    await vi.waitFor(() => expect(log).toEqual(['begin 3', 'begin 4', 'close']));
  }); // prettier-ignore

  it('that is replaced while it begins is closed, and never shown', async () => {
    const begin: (() => void)[] = [];
    const { ask, pull, stands, log } = hall({
      before: () => new Promise((done) => void begin.push(done)),
    });
    await ask(opening);
    await ask({ type: 'rewind', slot: 0, seed: 9 });
    await vi.waitFor(() => expect(begin).toHaveLength(1));
    begin[0]?.();
    await vi.waitFor(() => expect(begin).toHaveLength(2));
    expect(await pull()).toMatchObject({ standing: 'opening', frame: null });
    begin[1]?.();
    expect(await stands('resting')).toMatchObject({ frame: { step: 0 } });
    expect(log).toEqual(['begin 3', 'close', 'begin 9']);
  });
});
