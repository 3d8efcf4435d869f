import { describe, expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import {
  STEPS,
  ask,
  pull,
  until,
  idle,
  episodeNow,
  draw,
  step,
  frameAt,
  expectArithmetic,
  select,
  useDrawingSession,
} from '../helpers/drawingSession.ts';

useDrawingSession();

describe('the terms in a frame', () => {
  test.each(['gncn-pdh', 'gncn-t1-sigma'] as const)(
    '%s: z + β·(their sum) is z in the next frame, for every neuron and step',
    async (variant) => {
      await select(variant);
      await draw(7, true);
      await ask({ type: 'settle' });
      await idle();
      const episode = await episodeNow();
      expect(episode.stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expectArithmetic(episode);
      expect(episode.config).toMatchObject({ beta: 0.25, leak: 0.05, variant });
      const last = frameAt(episode, -1);
      expect(frameAt(episode, 1)((f) => f.bottomUp[0]!).some((v) => v !== 0)).toBe(true);
      expect(last((f) => f.lateral[0]!).some((v) => v !== 0)).toBe(variant === 'gncn-pdh');
    },
  );

  test('are those of the moment where levers move and lesions come in between', async () => {
    await draw();
    await step(4);
    await ask({ type: 'changeSettings', settings: { beta: 0.1, leak: 0.3, selfExcitation: 1 } });
    await step(1);
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, leak: true, lateral: true, topDown: true } }); // prettier-ignore
    await step(1);
    const episode = await episodeNow();
    expect(episode.stepOf).toEqual([0, 1, 2, 3, 4, 5]);
    expectArithmetic(episode);
    expect(episode.conditions.map(({ steering }) => steering.beta)).toEqual([0.25, 0.25, 0.25, 0.1, 0.1, 0.1]); // prettier-ignore
    expect(episode.conditions.map(({ steering }) => steering.leak)).toEqual([0.05, 0.05, 0.05, 0.3, 0, 0]); // prettier-ignore
    expect(frameAt(episode, -1)((f) => f.lateral[0]!).every((v) => v === 0)).toBe(true);
    expect(frameAt(episode, -1)((f) => f.predictions[1]!).every((v) => v === 0)).toBe(true);
    expect(frameAt(episode, -1)((f) => f.predictions[0]!).some((v) => v !== 0.5)).toBe(true);
  });
});

describe('what a frame tells of its step', () => {
  test('movement is how far the states are from those of the next frame; a belief of layer 1 is the prediction', async () => {
    await select('gncn-t1-sigma');
    await draw(7, true);
    await ask({ type: 'settle' });
    await idle();
    const episode = await episodeNow();
    const length = (values: number[]) => Math.hypot(...values);
    expect(frameAt(episode, 0)((f) => f.movement)).toEqual([1]); // from zero
    for (let i = 1; i + 1 < episode.stepOf.length; i++) {
      const changes = [0, 1, 2].map((l) => {
        const [z, next] = [i, i + 1].map((at) => frameAt(episode, at)((f) => f.z[l]!));
        const moved = length(next!.map((v, j) => v - z![j]!));
        return moved === 0 ? 0 : length(z!) === 0 ? 1 : moved / length(z!);
      });
      const told = frameAt(episode, i)((f) => f.movement)[0]!;
      expect(told).toBeCloseTo(Math.max(...changes), 4);
      expect(told).toBeGreaterThan(0);
      const belief = frameAt(episode, i)((f) => f.beliefs[0]!);
      expect(belief).toEqual(frameAt(episode, i)((f) => f.predictions[0]!));
    }
  });

  test('a lesion shows in the beliefs at once', async () => {
    await draw(7, true);
    await step(5);
    const before = frameAt(await episodeNow(), -1);
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, layers: [3], topDown: true } });
    const now = frameAt(await episodeNow(), -1);
    expect(now((f) => f.beliefs[0]!)).toEqual(before((f) => f.beliefs[0]!));
    expect(now((f) => f.beliefs[1]!)).not.toEqual(before((f) => f.beliefs[1]!));
    expect(now((f) => f.beliefs[2]!)).toEqual(Array<number>(784).fill(0.5));
  });
});

describe('steering', () => {
  test('a lever changes the episode under way without stopping or restarting it', async () => {
    await ask({ type: 'changeSettings', settings: { steps: 60 } });
    await ask({ type: 'setSpeed', stepsPerSecond: 200 });
    await draw();
    await ask({ type: 'settle' });
    const { episode: before } = await until(({ episode }) => (episode?.stepOf.length ?? 0) > 5);
    await ask({ type: 'changeSettings', settings: { lateralInhibition: 0, beta: 0.05 } });
    expect((await pull()).activity).toBe('settling');
    await idle();
    const episode = await episodeNow();
    expect(episode.id).toBe(before!.id);
    expect(episode.stepOf.at(-1)).toBe(60);
    expect(episode.conditions[0]!.steering.lateralInhibition).toBe(0.4);
    expect(episode.conditions.at(-1)!.steering).toMatchObject({ lateralInhibition: 0, beta: 0.05 });
    expectArithmetic(episode);
  });

  test('a live setting does not stop training; another makes a new network', async () => {
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    await ask({ type: 'startTraining' });
    const { training } = await until((s) => (s.training?.updates ?? 0) >= 1);
    const report = await ask({ type: 'changeSettings', settings: { beta: 0.3, learningRate: 0.5 } }); // prettier-ignore
    expect(report.config).toMatchObject({ beta: 0.3, learningRate: 0.5 });
    await until((s) => s.activity === 'training' && s.training!.updates > training!.updates + 1);
    await ask({ type: 'changeSettings', settings: { activation: 'tanh' } });
    expect(await pull()).toMatchObject({ activity: 'idle', training: null });
  });
});

describe('lesions', () => {
  test('act at once on the episode under way, keep its states, and heal', async () => {
    await draw();
    await step(5);
    const before = frameAt(await episodeNow(), -1);
    const lesions = { ...NO_LESIONS, layers: [3], units: [{ layer: 1, index: 2 }] };
    await ask({ type: 'setLesions', lesions });
    const snapshot = await pull();
    expect(snapshot.lesions).toEqual(lesions);
    const episode = snapshot.episode!;
    expect(episode.stepOf).toEqual([0, 1, 2, 3, 4]);
    const now = frameAt(episode, -1);
    const silenced = before((f) => f.z[0]!).map((v, j) => (j === 2 ? 0 : v));
    expect(now((f) => f.z[0]!)).toEqual(silenced);
    expect(now((f) => f.states[2]!).every((v) => v === 0)).toBe(true);
    await step(1);
    expectArithmetic(await episodeNow(), 4);
    expect(frameAt(await episodeNow(), -1)((f) => f.states[0]!)[2]).toBe(0);
    await ask({ type: 'setLesions', lesions: NO_LESIONS });
    await step(1);
    expectArithmetic(await episodeNow(), 4);
  });

  test('stay for the next drawing; the network does not learn from it, and its synapses stay', async () => {
    const { values } = await ask({ type: 'synapses', name: 'W1' });
    await draw();
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, errorSynapses: true } });
    await ask({ type: 'settle' });
    await idle();
    const last = frameAt(await episodeNow(), -1);
    expect(last((f) => f.bottomUp[0]!).every((v) => v === 0)).toBe(true);
    await expect(ask({ type: 'weightUpdate', of: 'input' })).rejects.toThrow(/heal/);
    expect((await ask({ type: 'synapses', name: 'W1' })).values).toEqual(values);
  });

  test('without precision the discrepancy is that of Σ = I', async () => {
    await draw();
    for (let i = 0; i < 3; i++) await ask({ type: 'weightUpdate', of: 'input' }); // Σ is another now
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, precision: true } });
    await step(4);
    const now = frameAt(await episodeNow(), -1);
    const mu0 = now((f) => f.predictions[0]!);
    let psi = 0;
    now((f) => f.input).forEach((x, i) => (psi += Math.log(x > 0.5 ? mu0[i]! : 1 - mu0[i]!)));
    const [, e1 = NaN, e2 = NaN] = now((f) => f.energy);
    expect(now((f) => f.discrepancy)[0]).toBeCloseTo(psi - (e1 + e2) / 2, 2);
  });

  test('of what is not there are refused; those a smaller network cannot have are healed, and that is said', async () => {
    const lesions = { ...NO_LESIONS, units: [{ layer: 1, index: 11 }] };
    await expect(ask({ type: 'setLesions', lesions: { ...NO_LESIONS, layers: [4] } })).rejects.toThrow(/no layer 4/); // prettier-ignore
    await ask({ type: 'setLesions', lesions });
    await select('gncn-pdh', { sizes: [784, 8, 8], groups: [4, 4] });
    const { lesions: now, notices } = await pull();
    expect(now).toEqual(NO_LESIONS);
    expect(notices.map(({ text }) => text).join()).toMatch(/healed/);
  });

  test('an episode that has ended goes on from where it is: one step by hand, or T', async () => {
    await draw();
    await ask({ type: 'settle' });
    await idle();
    const first = await episodeNow();
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, lateral: true } });
    await ask({ type: 'settle' });
    await idle();
    const episode = await episodeNow();
    expect(episode.id).toBe(first.id);
    expect(episode.steps).toBe(2 * STEPS);
    expect(episode.stepOf.at(-1)).toBe(2 * STEPS);
    for (const steps of [2 * STEPS + 1, 2 * STEPS + 2]) {
      await step(1);
      expect(await episodeNow()).toMatchObject({ id: first.id, steps });
      expect((await episodeNow()).stepOf.at(-1)).toBe(steps);
    }
    await ask({ type: 'settle' });
    await idle();
    const last = await episodeNow();
    expect(last).toMatchObject({ id: first.id, steps: 3 * STEPS + 2 });
    expect(last.stepOf.at(-1)).toBe(3 * STEPS + 2);
    expectArithmetic(last);
    // The same drawing handed over again begins anew.
    await draw();
    await ask({ type: 'settle' });
    await idle();
    expect((await episodeNow()).stepOf).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
