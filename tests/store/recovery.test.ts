import { describe, expect, it, vi } from 'vitest';

import type { SafeNews } from '../../src/protocol/safe.ts';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { VARIANT_DEFINITIONS } from '../../src/ngc/config/variants.ts';
import type { ModelReport } from '../../src/protocol/reports.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { fakeEngine, idleSnapshot } from '../fakes/engine.ts';
import { engine, hash, look, notices, replaceEngine, setHash, started, useFakeEngine, wait } from '../helpers/openPage.ts'; // prettier-ignore

/* An engine that dies takes nothing along: another one is given all that the page has kept, and goes on. */

useFakeEngine();

/** A network as an engine hands it over. */
const news = (change: Partial<SafeNews> = {}): SafeNews => ({
  ...{ id: 1, stamp: 'a', role: 'own', active: true, title: 'Mine' },
  ...{ version: 9, savedVersion: 1, updatesBefore: 0 },
  bytes: Uint8Array.of(1, 2, 3).buffer,
  origin: null,
  ...change,
});
/** The same one later: where it came from is not said again. */
function laterNews(): SafeNews {
  const later: { -readonly [K in keyof SafeNews]: SafeNews[K] } = news({ stamp: 'b', version: 10 });
  delete later.origin;
  return later;
}
const model: ModelReport = {
  ...{ config: defaultConfig('gncn-pdh'), definition: VARIANT_DEFINITIONS['gncn-pdh'] },
  ...{ weights: 'own', title: 'Mine', seed: 1, imagesSeen: 8000, updatesHere: 80 },
  ...{ undoable: 0, restorable: false, hasPrior: false, putAside: null },
};

/** The next engine of the page, which has what it is given. */
function nextEngine(updates: number | null = 811): FakeEngine {
  const next = fakeEngine();
  next.restored = { model, updates };
  return next;
}
/** The page's engine is to be followed by another; it dies when what is returned is called, and everything that follows happens. */
function dyingNow(next = nextEngine()) {
  const dying = engine;
  // Asked for a last copy, it has what the page was handed, and one more batch.
  dying.safe = [news({ stamp: 'last', version: 10 })];
  replaceEngine(next);
  return async () => {
    dying.die('The engine stopped: its thread ended.');
    await vi.advanceTimersByTimeAsync(4000);
  };
}
const hand = async (...networks: SafeNews[]) => {
  engine.hand({ networks, lost: null });
  await wait();
};
const asked = (type: string) => engine.requests.filter((request) => request.type === type);

/** A page that trains, and has kept what was learnt. */
async function training() {
  setHash('#mode=train&seed=7');
  const app = await started();
  await hand(news());
  engine.snapshot = idleSnapshot({ activity: 'training', unsaved: true });
  await look();
  const die = dyingNow();
  return { app, die };
}

describe('an engine that is lost while it trains', () => {
  it('is followed by another, which is given what was kept, and trains on', async () => {
    const { app, die: kill } = await training();
    app.actions.setPixels(new Float32Array(784).fill(0.9));
    app.actions.pin({ layer: 1, index: 2 });
    const { drawing, pin } = app.store.getState();
    await kill();
    expect(engine.types()).toEqual(expect.arrayContaining(['start', 'selectDataset', 'restore', 'startTraining'])); // prettier-ignore
    expect(engine.types().indexOf('restore')).toBeGreaterThan(
      engine.types().indexOf('selectDataset'),
    );
    expect(asked('restore')).toMatchObject([{ networks: [{ id: 1, version: 9, title: 'Mine' }] }]);
    expect(asked('selectModel')).toEqual([]);
    expect(app.store.getState()).toMatchObject({ engine: 'ready', failure: null, drawing, pin });
    expect(notices(app)).toContain(
      'The engine stopped and was started again; training goes on from batch 812.',
    );
  });

  it('loses nothing when the next one dies while it is given that', async () => {
    const { app, die: kill } = await training();
    const second = engine;
    const answer = second.request.bind(second);
    second.request = (request, ...rest) => {
      if (request.type !== 'restore') return answer(request, ...rest);
      replaceEngine(nextEngine());
      second.die('The engine stopped: once more.');
      return new Promise(() => undefined);
    };
    await kill();
    expect(engine).not.toBe(second);
    expect(asked('restore')).toMatchObject([{ networks: [{ version: 9 }] }]);
    expect(engine.types()).toContain('startTraining');
    expect(app.store.getState().engine).toBe('ready');
  });

  it('does not begin to train where training had paused', async () => {
    const { app, die: kill } = await training();
    app.store.setState({ activity: 'idle' });
    await kill();
    expect(engine.types()).not.toContain('startTraining');
    expect(notices(app).join()).toContain('started again; everything is as it was.');
  });

  it('says how far back it is, where the page saw more than it was handed', async () => {
    const { app, die: kill } = await training();
    app.store.setState({ activity: 'idle', model: { ...model, imagesSeen: 8100 } });
    await kill();
    expect(notices(app).join()).toContain('started again; the network is as it was after 8,000 images.'); // prettier-ignore
  });

  it('that had learnt nothing yet begins again', async () => {
    setHash('#mode=train');
    const app = await started();
    app.store.setState({ activity: 'training' });
    await dyingNow()();
    expect(engine.types()).toContain('startTraining');
    expect(notices(app).join()).toContain('from batch 1.');
  });
});

describe('what is kept', () => {
  it('is the newest of each network, put together from what is handed over', async () => {
    await started();
    await hand(news({ origin: { name: 'a', bytes: new ArrayBuffer(1) } }));
    const later = laterNews();
    await hand(later, news({ id: 2, role: 'aside', active: false }));
    await hand({ ...later, stamp: 'c', active: false, bytes: null });
    const [last] = asked('keepSafe').slice(-1);
    expect(last).toMatchObject({ have: [{ id: 1, stamp: 'c' }], now: false });
  });

  it('is restored with the file that a network came from', async () => {
    await started();
    await hand(news({ origin: { name: 'a', bytes: new ArrayBuffer(1) } }));
    const later = laterNews();
    await hand(later);
    await dyingNow(nextEngine(null))();
    expect(asked('restore')).toMatchObject([{ networks: [{ version: 10, origin: { name: 'a' } }] }]); // prettier-ignore
  });

  it('goes along when another backend is chosen, as it is at that moment', async () => {
    const { app } = await training();
    const choosing = app.actions.chooseBackend('cpu');
    await vi.advanceTimersByTimeAsync(6000);
    await choosing;
    expect(asked('start')).toMatchObject([{ backend: 'cpu' }]);
    expect(asked('restore')).toMatchObject([{ networks: [{ version: 10 }] }]);
    expect(engine.types()).toContain('startTraining');
  });
});

describe('a device that is lost', () => {
  it('is told by its engine, which is replaced whole', async () => {
    setHash('#mode=train');
    const app = await started();
    await hand(news());
    const dying = engine;
    const closed = vi.spyOn(dying, 'close');
    replaceEngine(nextEngine());
    dying.hand({ networks: [], lost: 'The graphics device was lost (gone).' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(closed).toHaveBeenCalled();
    expect(asked('restore')).toHaveLength(1);
    expect(notices(app)).toEqual([
      'The graphics device was lost (gone): the engine stopped and was started again; everything is as it was.',
    ]);
  });
});

describe('an engine that is lost again and again', () => {
  it('computes in a simpler way, and says so; where there is none it gives up, and keeps what there is', async () => {
    const app = await started();
    await hand(news());
    const said: string[] = [];
    for (let i = 0; i < 20 && app.store.getState().engine !== 'failed'; i++) {
      await dyingNow()();
      said.push(...notices(app));
    }
    expect(said).toContain(
      'The engine stopped again and again: it computes in plain JavaScript now; everything is as it was.',
    );
    expect(app.store.getState()).toMatchObject({ engine: 'failed' });
    expect(app.store.getState().failure).toContain('its thread ended');
    replaceEngine(nextEngine());
    const restarting = app.actions.restart();
    await vi.advanceTimersByTimeAsync(6000);
    await restarting;
    expect(asked('restore')).toMatchObject([{ networks: [{ version: 9 }] }]);
    expect(app.store.getState().engine).toBe('ready');
  });

  it('steps down where it does not start at all any more', async () => {
    const app = await started();
    await hand(news());
    const next = nextEngine();
    next.refuse('start', 'WebGPU cannot be used: there is none.', 'backend');
    await dyingNow(next)();
    expect(asked('start')).toMatchObject([{ backend: 'auto' }, { backend: 'cpu', alone: true }]);
    expect(app.store.getState().engine).toBe('ready');
  });
});

describe('a copy that cannot be had', () => {
  it('is asked for again; because the device is lost, it is the news of that', async () => {
    setHash('#mode=train');
    const app = await started();
    engine.refuse('keepSafe', 'A slip.', 'bug');
    await hand(news());
    await vi.advanceTimersByTimeAsync(1500);
    await hand(news({ stamp: 'b' }));
    expect(asked('keepSafe').slice(-1)).toMatchObject([{ have: [{ stamp: 'b' }] }]);
    engine.refuse('keepSafe', 'The graphics device was lost.', 'backend');
    const dying = engine;
    replaceEngine(nextEngine());
    dying.hand({ networks: [news({ stamp: 'c' })], lost: null });
    await vi.advanceTimersByTimeAsync(4000);
    expect(asked('restore')).toHaveLength(1);
    expect(notices(app).join()).toContain('The graphics device was lost: the engine stopped and');
  });
});

describe('another engine that a person asks for', () => {
  it('either starts, or does not, and that is said; what was learnt waits for the next', async () => {
    const { app } = await training();
    engine.refuse('start', 'WebGPU cannot be used: there is none. Choose wasm instead.', 'backend');
    const choosing = app.actions.chooseBackend('webgpu');
    await vi.advanceTimersByTimeAsync(6000);
    await choosing;
    expect(asked('start')).toMatchObject([{ backend: 'webgpu' }]);
    expect(app.store.getState()).toMatchObject({ engine: 'failed', failure: expect.stringContaining('Choose wasm') as string }); // prettier-ignore
    const again = app.actions.chooseBackend('wasm');
    await vi.advanceTimersByTimeAsync(6000);
    await again;
    expect(asked('restore')).toMatchObject([{ networks: [{ version: 10 }] }]);
  });

  it('shows the network and the images that its address asks for, and does not train them by itself', async () => {
    const { app } = await training();
    setHash(hash.replace('seed=7', 'seed=8') + '&backend=cpu&dataset=fmnist');
    const following = app.actions.followHash();
    await vi.advanceTimersByTimeAsync(6000);
    await following;
    expect(asked('restore')).toHaveLength(1);
    expect(asked('selectModel')).toMatchObject([{ seed: 8 }]);
    expect(app.store.getState()).toMatchObject({ setUp: { dataset: 'fmnist', seed: 8 }, data: { dataset: 'fmnist' } }); // prettier-ignore
    expect(engine.types()).not.toContain('startTraining');
  });
});
