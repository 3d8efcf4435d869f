import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { yieldToMessages } from '../../src/worker/pacing.ts';
import { watched } from '../../src/worker/stuck.ts';

/* A step that neither ends nor lets messages in is found out; a slow one is not. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minutes = (count: number) => vi.advanceTimersByTimeAsync(60_000 * count);

test('a step that never ends is told of after two minutes, once', async () => {
  const stuck = vi.fn();
  void watched(() => new Promise(() => undefined), stuck);
  await minutes(1.9);
  expect(stuck).not.toHaveBeenCalled();
  await minutes(10);
  expect(stuck).toHaveBeenCalledOnce();
});

test('a long step that lets messages in is never stuck', async () => {
  const stuck = vi.fn();
  void watched(() => new Promise(() => undefined), stuck);
  for (let i = 0; i < 20; i++) {
    await minutes(1);
    void yieldToMessages();
  }
  expect(stuck).not.toHaveBeenCalled();
});

test('a step that has ended is forgotten, and what it gave or threw comes through', async () => {
  const stuck = vi.fn();
  expect(await watched(() => Promise.resolve(7), stuck)).toBe(7);
  await expect(watched(() => Promise.reject(new Error('no')), stuck)).rejects.toThrow('no');
  await minutes(10);
  expect(stuck).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
