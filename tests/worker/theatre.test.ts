import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import type { FrameLayout } from '../../src/protocol/frame.ts';
import { frameLayout, neuronTerms, readSection } from '../../src/protocol/frame.ts';
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import type { Have, Snapshot } from '../../src/protocol/snapshot.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * Looking into the drawing's episode and meddling with it, driven as the page does, on the cpu backend with small networks.
 */
const NOTHING: Have = { episode: 0, frames: 0, run: 0, points: 0 };
const STEPS = 6;
const SETTINGS = { sizes: [784, 12, 12, 6], steps: STEPS, batch: 20, groups: [4, 4, 3], weightScale: 0.3, leak: 0.05, laplace: 0.02, lateralInhibition: 0.4, beta: 0.25 }; // prettier-ignore

let session: Session;
const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;
const pull = (have: Have = NOTHING) => ask({ type: 'pull', have });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(said: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  for (let tries = 0; tries < 4000; tries++) {
    const snapshot = await pull();
    if (said(snapshot)) return snapshot;
    await pause(5);
  }
  throw new Error('it never happened');
}
const idle = () => until(({ activity }) => activity === 'idle');
const episodeNow = async () => (await pull()).episode!;

/** A ring of a radius; its right half hidden or not. */
function ring(radius = 7, masked = false) {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => {
    const r = Math.hypot((i % 28) - 13.5, Math.floor(i / 28) - 13.5);
    return Math.abs(r - radius) < 1.5 ? 1 : 0;
  });
  const mask = masked ? Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 1 : 0)) : null;
  return { pixels, mask };
}
const draw = (radius?: number, masked?: boolean) =>
  ask({ type: 'setInput', ...ring(radius, masked) });
const live = (radius?: number, masked?: boolean) =>
  ask({ type: 'liveInput', ...ring(radius, masked) });
const step = async (count = 1) => {
  for (let i = 0; i < count; i++) await ask({ type: 'settlingStep', of: 'input' });
};

const frameAt = (episode: EpisodeUpdate, index: number) => {
  const layout = frameLayout(episode.sizes);
  const at = index < 0 ? episode.stepOf.length + index : index;
  return (pick: (layout: FrameLayout) => { offset: number; length: number }) => [
    ...readSection(episode.frames, layout, at, pick(layout)),
  ];
};

/** Every state of every frame is what the terms of the frame before say. */
function expectArithmetic(episode: EpisodeUpdate, from = 0): void {
  const layout = frameLayout(episode.sizes);
  for (let i = from; i + 1 < episode.stepOf.length; i++)
    for (let layer = 1; layer < episode.sizes.length; layer++)
      for (let index = 0; index < episode.sizes[layer]!; index++) {
        const neuron = { layer, index };
        const terms = neuronTerms(episode.frames, layout, i, episode.conditions[i]!, neuron);
        const next = readSection(episode.frames, layout, i + 1, layout.z[layer - 1]!)[index]!;
        const { bottomUp, topDown, lateral, prior, leak, beta, z } = terms;
        const sum = bottomUp + topDown + lateral + prior + leak;
        const within = (share: number) => share * (1 + Math.abs(next));
        expect(Math.abs(terms.change - sum)).toBeLessThan(within(1e-5));
        expect(Math.abs(z + beta * sum - next)).toBeLessThan(within(1e-5));
        expect(Math.abs(terms.next - next)).toBeLessThan(within(1e-6));
      }
}

beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
const select = (variant: 'gncn-pdh' | 'gncn-t1-sigma', settings: object = {}) =>
  ask({ type: 'selectModel', variant, weights: 'own', seed: 1, settings: { ...SETTINGS, ...settings } }); // prettier-ignore
beforeEach(async () => {
  session = new Session();
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await select('gncn-pdh');
});
afterEach(() => session.handle({ type: 'pause' }));

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

  test('an episode that has ended can go on from where it is', async () => {
    await draw();
    await ask({ type: 'settle' });
    await idle();
    const first = await episodeNow();
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, lateral: true } });
    await ask({ type: 'settle', goOn: true });
    await idle();
    const episode = await episodeNow();
    expect(episode.id).toBe(first.id);
    expect(episode.steps).toBe(2 * STEPS);
    expect(episode.stepOf.at(-1)).toBe(2 * STEPS);
    expectArithmetic(episode);
  });
});

describe('live perception', () => {
  test('new pictures take the input’s place while the states carry on, until they rest', async () => {
    await select('gncn-pdh', { weightScale: 0.05 });
    await live(5);
    const { episode: first } = await until((s) => (s.episode?.stepOf.at(-1) ?? 0) > 2);
    expect(first).toMatchObject({ live: true, kind: 'input' });
    await live(9);
    const rested = await until((s) => s.episode!.resting);
    expect(rested.activity).toBe('idle');
    const episode = rested.episode!;
    expect(episode.id).toBe(first!.id);
    expect(episode.stepOf.at(-1)).toBeGreaterThan(STEPS);
    expect(episode.stepOf.at(-1)).toBeLessThan(250); // of itself, not because it looked for long
    expect(episode.conditions[0]!.steering.leak).toBeCloseTo(0.15 + 0.05, 6);
    expectArithmetic(episode);
    expect(frameAt(episode, -1)((f) => f.input)).toEqual([...ring(9).pixels]);
    // Nothing moves: activity in the last two frames is the same.
    const [a, b] = [frameAt(episode, -2), frameAt(episode, -1)];
    for (let l = 0; l < 3; l++) {
      const later = b((f) => f.states[l]!);
      a((f) => f.states[l]!).forEach((v, j) => expect(v).toBeCloseTo(later[j]!, 2));
    }
    await pause(40);
    expect((await episodeNow()).stepOf.at(-1)).toBe(episode.stepOf.at(-1));
    await live(6); // wakes
    await until((s) => s.episode!.stepOf.at(-1)! > episode.stepOf.at(-1)!);
  });

  test('a lever or a lesion wakes it too', async () => {
    await select('gncn-pdh', { weightScale: 0.05 });
    await live(5);
    const at = (await until((s) => s.episode?.resting ?? false)).episode!.stepOf.at(-1)!;
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, layers: [2] } });
    const then = (await until((s) => s.episode!.resting && s.episode!.stepOf.at(-1)! > at)).episode!; // prettier-ignore
    await ask({ type: 'changeSettings', settings: { leak: 0.5 } });
    await until((s) => s.episode!.stepOf.at(-1)! > then.stepOf.at(-1)!);
  });

  test('paused, it takes the input but does not step; settle lets it run again', async () => {
    await live(5);
    await ask({ type: 'pause' });
    const { stepOf, id } = await episodeNow();
    await live(9);
    await pause(30);
    const held = await pull();
    expect(held.activity).toBe('idle');
    expect(held.episode).toMatchObject({ id, stepOf });
    expect(frameAt(held.episode!, -1)((f) => f.input)).toEqual([...ring(9).pixels]);
    await ask({ type: 'settle' });
    await until((s) => s.episode!.stepOf.at(-1)! > stepOf.at(-1)!);
  });

  test('memory stays bounded, and a page that pulls now and then gets no frame twice', async () => {
    await live(5);
    let have = NOTHING;
    const seen: number[] = [];
    let firstStep = 0;
    while ((seen.at(-1) ?? 0) < 300) {
      const { episode } = await pull(have);
      if (episode) {
        have = { ...have, episode: episode.id, frames: episode.next };
        seen.push(...episode.stepOf);
        ({ firstStep } = episode);
      }
      await pause(20);
      await live(5 + (seen.length % 4)); // it does not rest
    }
    // The step on show may come again, when the picture changes in it.
    seen.forEach((at, i) => expect(at).toBeGreaterThanOrEqual(seen[i - 1] ?? 0));
    const twice = seen.filter((at, i) => at === seen[i - 1]).length;
    expect(seen.length - twice).toBe(new Set(seen).size);
    expect(seen.length).toBeLessThan(900);
    expect(firstStep).toBeGreaterThan(100);
    expect((await episodeNow()).stepOf).toHaveLength(121);
  });

  test('an ordinary drawing ends it, and leaves no tensors behind', async () => {
    await draw();
    const before = tf.memory().numTensors;
    await live(5, true);
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, units: [{ layer: 1, index: 0 }] } });
    await live(8);
    await ask({ type: 'setLesions', lesions: NO_LESIONS });
    await ask({ type: 'withoutLateral' });
    await ask({ type: 'pause' });
    await draw();
    expect(tf.memory().numTensors).toBe(before);
    await ask({ type: 'settle' });
    await idle();
    expect(await episodeNow()).toMatchObject({ live: false, resting: false });
    expect((await episodeNow()).stepOf.at(-1)).toBe(STEPS);
  });
});

describe('reports', () => {
  const matrix = async (name: string) => {
    const { rows, columns, values } = await ask({ type: 'synapses', name });
    return { rows, columns, at: (i: number, j: number) => values[i * columns + j]! };
  };

  test('a neuron’s rows and columns are those of the matrices', async () => {
    await draw();
    await ask({ type: 'weightUpdate', of: 'input' }); // covariances away from the identity
    const report = await ask({ type: 'neuron', layer: 2, index: 5 });
    const [W2, W3, E2, M2, P2, V2] = await Promise.all(['W2', 'W3', 'E2', 'M2', 'P2', 'V2'].map(matrix)); // prettier-ignore
    expect([...report.sends]).toEqual(Array.from({ length: 12 }, (_, i) => W2!.at(5, i)));
    expect([...report.receives!]).toEqual(Array.from({ length: 6 }, (_, i) => W3!.at(i, 5)));
    expect([...report.errorSynapses!]).toEqual(Array.from({ length: 12 }, (_, i) => E2!.at(i, 5)));
    expect([...report.sendsFar!]).toEqual(Array.from({ length: 784 }, (_, i) => M2!.at(5, i)));
    expect([...report.precision!]).toEqual(Array.from({ length: 12 }, (_, i) => P2!.at(i, 5)));
    expect(report.receivesFar).toBeNull();
    expect(report.rivals!.map(({ index }) => index)).toEqual([4, 5, 6, 7]);
    for (const { index, strength } of report.rivals!) {
      expect(strength).toBeCloseTo(index === 5 ? -0.15 : 0.4, 6);
      expect(V2!.at(index, 5)).toBe(strength);
    }
    const { values, pixels } = await ask({ type: 'fields', layer: 2 });
    report.field.forEach((v, i) => expect(v).toBeCloseTo(values[5 * pixels + i]!, 5));
    expect(report.version).toBe((await pull()).weightsVersion);
    // Layer 1 is predicted from layer 3 through M3.
    const first = await ask({ type: 'neuron', layer: 1, index: 0 });
    const M3 = await matrix('M3');
    expect([...first.receivesFar!]).toEqual(Array.from({ length: 6 }, (_, i) => M3.at(i, 0)));
    expect(first.sendsFar).toBeNull();
  });

  test('what a network does not have is null or refused', async () => {
    await select('gncn-t1-sigma');
    const report = await ask({ type: 'neuron', layer: 3, index: 0 });
    expect(report).toMatchObject({ errorSynapses: null, sendsFar: null, receives: null, rivals: null, precision: null }); // prettier-ignore
    await expect(ask({ type: 'neuron', layer: 4, index: 0 })).rejects.toThrow(/layers are 1 to 3/);
    await expect(ask({ type: 'neuron', layer: 1, index: 12 })).rejects.toThrow(/neurons 0 to 11/);
    for (const name of ['M2', 'E1', 'V1', 'P3', 'P9', 'W4', 'nonsense'])
      await expect(ask({ type: 'synapses', name })).rejects.toThrow(new RegExp(`no ${name}`));
  });

  test('without competition more neurons are active, and nothing on show changes', async () => {
    await select('gncn-pdh', { lateralInhibition: 1, laplace: 0 });
    await draw();
    await ask({ type: 'settle' });
    await idle();
    const episode = await episodeNow();
    const report = await ask({ type: 'withoutLateral' });
    const active = (values: ArrayLike<number>) =>
      Array.from(values).filter((v) => v > 1e-6).length / values.length;
    report.activity.forEach((phi, i) => expect(report.sparsity[i]).toBeCloseTo(active(phi), 6));
    expect(report.sparsity[0]).toBeGreaterThan(active(frameAt(episode, -1)((f) => f.states[0]!)));
    expect(await episodeNow()).toEqual(episode);
    // It is the lateral lesion and nothing else.
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, lateral: true } });
    await ask({ type: 'settle' });
    await idle();
    expect([...report.activity[2]!]).toEqual(frameAt(await episodeNow(), -1)((f) => f.states[2]!));
  });
});

describe('the scale of surprise', () => {
  const surprise = () => ask({ type: 'surpriseScale' });

  test('is measured beside everything else, remembered, and forgotten when the synapses change', async () => {
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    await draw();
    const before = tf.memory().numTensors;
    const measuring = surprise();
    await until(({ background }) => (background?.fraction ?? 0) > 0);
    await ask({ type: 'settle' });
    await idle(); // a whole episode meanwhile
    expect((await pull()).background).not.toBeNull();
    const report = await measuring;
    const { p5, p25, p50, p75, p95 } = report.quantiles;
    expect([p5, p25, p50, p75, p95]).toEqual([p5, p25, p50, p75, p95].sort((a, b) => a - b));
    expect(report.images).toBe(200);
    expect((await pull()).background).toBeNull();
    expect(await surprise()).toBe(report);
    await draw();
    expect(tf.memory().numTensors).toBe(before);
    // The empty page, settled as any drawing.
    await ask({ type: 'setInput', pixels: new Float32Array(784), mask: null });
    await ask({ type: 'settle' });
    await idle();
    expect(frameAt(await episodeNow(), -1)((f) => f.discrepancy)[0]).toBeCloseTo(report.blank, 3);
    await ask({ type: 'weightUpdate', of: 'input' });
    const again = surprise();
    await ask({ type: 'cancel' });
    await expect(again).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await pull()).background).toBeNull();
  });

  test('another network meanwhile cancels it; without data it says so', async () => {
    await expect(surprise()).rejects.toThrow(/dataset/);
    await ask({ type: 'selectDataset', dataset: 'synthetic' });
    const measuring = surprise();
    const refused = expect(measuring).rejects.toMatchObject({ kind: 'cancelled' });
    await until(({ background }) => (background?.fraction ?? 0) > 0);
    await ask({ type: 'reseed', seed: 3 });
    await refused;
    expect((await pull()).background).toBeNull();
  });
});
