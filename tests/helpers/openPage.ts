import { afterEach, beforeEach, vi } from 'vitest';
import { createApp } from '../../src/store/app.ts';
import type { Environment } from '../../src/store/context.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { fakeEngine } from '../fakes/engine.ts';

/*
 * The page without its looks, over an engine that answers at once.
 */
export let engine: FakeEngine;
export let hash: string;
export let frame: (() => void) | null;

export const environment = (change: Partial<Environment>) =>
  fakeEnvironment({
    spawn: () => engine,
    readHash: () => hash,
    writeHash: (next) => void (hash = next),
    requestFrame: (callback) => void (frame = callback),
    ...change,
  });

/** Gives the page another engine from now on. */
export function replaceEngine(next: FakeEngine): void {
  engine = next;
}

/** Puts another address in the bar. */
export function setHash(next: string): void {
  hash = next;
}

/** Lets the debounce run out and every promise settle. */
export const wait = () => vi.advanceTimersByTimeAsync(500);
/** One animation frame, with the pull it causes. */
export const tick = async () => {
  frame?.();
  await vi.advanceTimersByTimeAsync(0);
};

/** A look at the engine, however idle it is. */
export const look = async () => {
  vi.advanceTimersByTime(1000);
  await tick();
};

export async function started(change: Partial<Environment> = {}) {
  const app = createApp(environment(change));
  const starting = app.start();
  await vi.advanceTimersByTimeAsync(4000); // the dataset waits for the first picture to settle
  await starting;
  await wait();
  return app;
}

export const notices = (app: Awaited<ReturnType<typeof started>>) =>
  app.store.getState().notices.map(({ text }) => text);

/** An engine that answers at once before each test, and time that stands still. */
export function useFakeEngine(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    engine = fakeEngine();
    hash = '';
    frame = null;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
