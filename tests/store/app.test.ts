import { describe, expect, it, vi } from 'vitest';
import { mainButton } from '../../src/store/mainButton.ts';
import { episodeUpdate, idleSnapshot } from '../fakes/engine.ts';
import {
  engine,
  hash,
  wait,
  tick,
  look,
  started,
  notices,
  useFakeEngine,
  setHash,
} from '../helpers/openPage.ts';

useFakeEngine();

describe('opening the page', () => {
  it('shows the pretrained network completing a digit with its right half hidden', async () => {
    engine.pretrained = true;
    const app = await started();
    expect(engine.requests).toContainEqual(
      expect.objectContaining({ type: 'selectModel', variant: 'gncn-pdh', weights: 'pretrained' }),
    );
    const input = engine.requests.find((r) => r.type === 'setInput');
    expect(input?.mask?.slice(0, 28)).toEqual(
      Uint8Array.from({ length: 28 }, (_, i) => (i < 14 ? 1 : 0)),
    );
    // The picture goes before the data, and loading them does not disturb it.
    const order = engine.types().filter((type) => type === 'settle' || type === 'selectDataset');
    expect(order).toEqual(['settle', 'selectDataset']);
    expect(app.store.getState().drawing.past).toEqual([]);
  });

  it('settles its first picture at three times the usual speed, and no other', async () => {
    const speeds = () =>
      engine.requests.flatMap((r) => (r.type === 'setSpeed' ? [r.stepsPerSecond] : []));
    await started();
    expect(speeds()).toEqual([60, 20]);
    const order = engine.types().filter((type) => type === 'settle' || type === 'setSpeed');
    expect(order).toEqual(['setSpeed', 'settle', 'setSpeed']);
  });

  it.each([
    ['#speed=2', [2, 2]],
    ['#mode=train', [null, null]],
    ['#mode=sample', [20, 20]],
  ])('is as fast as the address %s asks for', async (address, expected) => {
    setHash(address);
    await started();
    const speeds = engine.requests.flatMap((r) =>
      r.type === 'setSpeed' ? [r.stepsPerSecond] : [],
    );
    expect(new Set(speeds)).toEqual(new Set(expected));
  });

  it('goes on with synthetic digits where the dataset is missing, and says why', async () => {
    engine.refuse('selectDataset', 'MNIST is not there.', 'data');
    const app = await started();
    expect(app.store.getState().setUp.dataset).toBe('synthetic');
    expect(notices(app)).toContain('MNIST is not there.');
    expect(engine.types()).toContain('settle');
  });

  it('obeys the address, refuses what is out of range, and writes what holds', async () => {
    setHash('#model=gncn-t1&seed=-4&beta=7&leak=0.01');
    const app = await started();
    expect(engine.requests).toContainEqual({
      type: 'selectModel',
      variant: 'gncn-t1',
      weights: 'own',
      seed: 1,
      settings: { leak: 0.01 },
    });
    expect(notices(app).join()).toContain('seed=-4');
    expect(notices(app).join()).toContain('beta');
    expect(hash).toContain('leak=0.01');
    expect(hash).not.toContain('beta');
  });

  it('tells why the engine did not start', async () => {
    engine.refuse('start', 'No backend could be started.', 'backend');
    const app = await started();
    expect(app.store.getState()).toMatchObject({
      engine: 'failed',
      failure: 'No backend could be started.',
    });
  });
});

describe('the drawing', () => {
  it('is settled once it stays as it is', async () => {
    const app = await started();
    engine.requests.length = 0;
    app.actions.setOcclusion('left');
    app.actions.setOcclusion('top');
    await wait();
    expect(engine.types()).toEqual(['setInput', 'settle']);
  });

  it('is settled anew by another rule for hidden pixels; where nothing is hidden there is nothing to see', async () => {
    const app = await started();
    expect(engine.requests).toContainEqual({ type: 'setCompletion', how: 'silent' });
    engine.requests.length = 0;
    await app.actions.setCompletion('eq19');
    await wait();
    expect(engine.types()).toEqual(['setCompletion', 'setInput', 'settle']);
    expect(engine.requests[0]).toMatchObject({ how: 'eq19' });
    expect(hash).toContain('completion=eq19');
    app.actions.setOcclusion('none');
    await wait();
    engine.requests.length = 0;
    await app.actions.setCompletion('silent');
    await wait();
    expect(engine.types()).toEqual(['setCompletion']);
    expect(hash).not.toContain('completion');
    setHash('#completion=dreamt');
    await app.actions.followHash();
    expect(notices(app).join()).toContain('completion=dreamt');
  });

  it('is not settled while empty: an empty canvas predicts nothing', async () => {
    const app = await started();
    engine.requests.length = 0;
    app.actions.clear();
    await wait();
    await app.actions.settle();
    expect(engine.types()).not.toContain('settle');
    expect(notices(app).join()).toContain('empty');
  });

  it('comes back by undo, with its mask', async () => {
    const app = await started();
    const before = app.store.getState().drawing.present;
    app.actions.setPixels(new Float32Array(784).fill(0.9));
    app.actions.setMask(new Uint8Array(784));
    expect(app.store.getState().drawing.present.occlusion).toBe('brush');
    app.actions.undo();
    app.actions.undo();
    expect(app.store.getState().drawing.present).toBe(before);
  });

  it('waits for the user after a pause', async () => {
    const app = await started();
    engine.snapshot = idleSnapshot({ activity: 'settling' });
    await look();
    await wait();
    await app.actions.press('pauseSettling');
    engine.requests.length = 0;
    app.actions.setOcclusion('left');
    await wait();
    expect(engine.types()).toEqual(['setInput']);
  });
});

describe('the main button', () => {
  const settling = () => (engine.snapshot = idleSnapshot({ activity: 'settling' }));

  it('says what it does', async () => {
    const app = await started();
    const says = () => mainButton(app.store.getState());
    expect(says()).toBe('settle');
    settling();
    await look();
    expect(says()).toBe('pauseSettling');
    engine.snapshot = idleSnapshot();
    await look();
    await app.actions.setMode('train');
    expect(says()).toBe('startTraining');
    engine.snapshot = idleSnapshot({ activity: 'training' });
    await look();
    expect(says()).toBe('pauseTraining');
    engine.snapshot = idleSnapshot();
    await look();
    await app.actions.setMode('sample');
    expect(says()).toBe('drawSamples');
  });

  it('settles, trains, draws samples, and pauses', async () => {
    const app = await started();
    engine.requests.length = 0;
    await app.actions.press('settle');
    await app.actions.setMode('train');
    await app.actions.press('startTraining');
    await app.actions.press('pauseTraining');
    await app.actions.setMode('sample');
    await app.actions.press('drawSamples');
    const asked = engine.types().filter((type) => type !== 'selectModel' && type !== 'setSpeed');
    // Leaving Train pauses too.
    expect(asked).toEqual([
      'setInput',
      'settle',
      'startTraining',
      'pause',
      'pause',
      'sample',
      'prior',
    ]);
  });

  it('means what the person saw: “Settle”, though the drawing has begun to settle by itself', async () => {
    const app = await started();
    app.actions.setOcclusion('left');
    await wait();
    settling();
    await look();
    engine.requests.length = 0;
    // The press was on its way when the button became “Pause settling”, or the word was still the old one.
    await app.actions.press('pauseSettling');
    await app.actions.press('settle');
    expect(engine.types()).toEqual([]);
    expect(app.store.getState().autoplay).toBe(true);
    // Whoever has had the time to read it pauses.
    await wait();
    await app.actions.press('pauseSettling');
    expect(engine.types()).toEqual(['pause']);
  });

  it('pauses at once what it has started itself', async () => {
    const app = await started();
    await app.actions.press('settle');
    settling();
    await look();
    engine.requests.length = 0;
    await app.actions.press('pauseSettling');
    expect(engine.types()).toEqual(['pause']);
  });
});

describe('training', () => {
  it('works on the own network and says so; the pretrained one returns if nothing was learnt', async () => {
    engine.pretrained = true;
    const app = await started();
    await app.actions.setMode('train');
    expect(app.store.getState().model?.weights).toBe('own');
    expect(notices(app).join()).toContain('your own network');
    await app.actions.setMode('complete');
    expect(app.store.getState().model?.weights).toBe('pretrained');
  });

  it('keeps the own network once it has learnt', async () => {
    engine.pretrained = true;
    const app = await started();
    await app.actions.setMode('train');
    const { model } = app.store.getState();
    engine.snapshot = idleSnapshot({ model: { ...model!, imagesSeen: 400 } });
    vi.advanceTimersByTime(1000);
    await tick();
    await app.actions.setMode('complete');
    expect(app.store.getState().model?.weights).toBe('own');
  });

  it('keeps what an update by hand did until it is taken back, which settles the drawing anew', async () => {
    const app = await started();
    app.actions.setPixels(new Float32Array(784).fill(1));
    await vi.advanceTimersByTimeAsync(1000);
    await app.actions.weightUpdate();
    expect(app.store.getState().lastUpdate!.matrices).toEqual([{ name: 'W1', change: 0.5, length: 20 }]); // prettier-ignore
    engine.requests.length = 0;
    await app.actions.undoUpdates(false);
    expect(app.store.getState()).toMatchObject({ lastUpdate: null, model: { updatesHere: 0 } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(engine.types()).toEqual(['undoUpdates', 'setInput', 'settle']);
  });

  it('steps the batch there, and the drawing elsewhere', async () => {
    const app = await started();
    await app.actions.settlingStep();
    await app.actions.setMode('train');
    await app.actions.weightUpdate();
    expect(engine.requests).toContainEqual({ type: 'settlingStep', of: 'input' });
    expect(engine.requests).toContainEqual({ type: 'weightUpdate', of: 'training' });
  });
});

describe('scrubbing', () => {
  it('costs no computation until it reaches the end', async () => {
    const app = await started();
    app.episode.apply(episodeUpdate({ count: 3 }));
    engine.requests.length = 0;
    await app.actions.scrub(-1);
    await app.actions.scrub(-1);
    await app.actions.scrub(1);
    expect(app.episode.shown).toBe(1);
    expect(engine.types()).toEqual([]);
    await app.actions.scrub(1);
    await app.actions.scrub(1);
    expect(engine.types()).toEqual(['settlingStep']);
  });
});
