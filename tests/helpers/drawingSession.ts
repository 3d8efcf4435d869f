import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { FrameLayout } from '../../src/protocol/frame.ts';
import { frameLayout, neuronTerms, readSection } from '../../src/protocol/frame.ts';
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import type { Have, Snapshot } from '../../src/protocol/snapshot.ts';
import { Session } from '../../src/worker/session.ts';

/*
 * Looking into the drawing's episode and meddling with it, driven as the page does, on the cpu backend with small networks.
 */
export const NOTHING: Have = { episode: 0, frames: 0, run: 0, points: 0 };
export const STEPS = 6;
export const SETTINGS = { sizes: [784, 12, 12, 6], steps: STEPS, batch: 20, groups: [4, 4, 3], weightScale: 0.3, leak: 0.05, laplace: 0.02, lateralInhibition: 0.4, beta: 0.25 }; // prettier-ignore

export let session: Session;
export const ask = <R extends Request>(request: R) =>
  session.handle(request) as Promise<Results[R['type']]>;
export const pull = (have: Have = NOTHING) => ask({ type: 'pull', have });
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(said: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  for (let tries = 0; tries < 4000; tries++) {
    const snapshot = await pull();
    if (said(snapshot)) return snapshot;
    await pause(5);
  }
  throw new Error('it never happened');
}
export const idle = () => until(({ activity }) => activity === 'idle');
export const episodeNow = async () => (await pull()).episode!;

/** A ring of a radius; its right half hidden or not. */
export function ring(radius = 7, masked = false) {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => {
    const r = Math.hypot((i % 28) - 13.5, Math.floor(i / 28) - 13.5);
    return Math.abs(r - radius) < 1.5 ? 1 : 0;
  });
  const mask = masked ? Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 1 : 0)) : null;
  return { pixels, mask };
}
export const draw = (radius?: number, masked?: boolean, input = 1) =>
  ask({ type: 'setInput', ...ring(radius, masked), input });
export const live = (radius?: number, masked?: boolean, input = 1) =>
  ask({ type: 'liveInput', ...ring(radius, masked), input });
export const step = async (count = 1) => {
  for (let i = 0; i < count; i++) await ask({ type: 'settlingStep', of: 'input' });
};

export const frameAt = (episode: EpisodeUpdate, index: number) => {
  const layout = frameLayout(episode.sizes);
  const at = index < 0 ? episode.stepOf.length + index : index;
  return (pick: (layout: FrameLayout) => { offset: number; length: number }) => [
    ...readSection(episode.frames, layout, at, pick(layout)),
  ];
};

/** Every state of every frame is what the terms of the frame before say. */
export function expectArithmetic(episode: EpisodeUpdate, from = 0): void {
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

export const select = (variant: 'gncn-pdh' | 'gncn-t1-sigma', settings: object = {}) =>
  ask({ type: 'selectModel', variant, weights: 'own', seed: 1, settings: { ...SETTINGS, ...settings } }); // prettier-ignore

/** A session of a small network before each test, paused after it. */
export function useDrawingSession(): void {
  beforeAll(() => vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests'))));
  beforeEach(async () => {
    session = new Session();
    await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
    await select('gncn-pdh');
  });
  afterEach(() => session.handle({ type: 'pause' }));
}
