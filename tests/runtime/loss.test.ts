import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { lossOr } from '../../src/runtime/loss.ts';
import { NgcError } from '../../src/shared/errors.ts';

/* Work on a lost device fails before anybody hears that it is lost, on a busy machine seconds before. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LOST = 'The graphics device was lost.';
/** A device whose loss is heard of after so long (ms). */
const device = (after: number) => ({
  name: 'webgpu',
  lost: new Promise<string>((resolve) => void setTimeout(() => resolve(LOST), after)),
});
const raw = new Error("Failed to execute 'mapAsync' on 'GPUBuffer'");

/** What an error is said to come from, in the end. */
async function cause(error: unknown, backend: Parameters<typeof lossOr>[1]): Promise<unknown> {
  const found = lossOr(error, backend);
  await vi.advanceTimersByTimeAsync(60_000);
  return found;
}

test.each([0, 400, 4_000, 9_000])('an error that a lost device gives is the loss, heard of %i ms later', async (after) => {
  expect(await cause(raw, device(after))).toMatchObject({ kind: 'backend', message: LOST });
}); // prettier-ignore

test('numbers that are none may come from a lost device too', async () => {
  const diverged = new NgcError('diverged', 'Training diverged.');
  expect(await cause(diverged, device(1_500))).toMatchObject({ message: LOST });
  expect(await cause(diverged, device(30_000))).toBe(diverged);
});

test('an error without a loss is itself, and what is clear waits for nothing', async () => {
  expect(await cause(raw, device(30_000))).toBe(raw);
  const clear = new NgcError('usage', 'No.');
  expect(await lossOr(clear, device(30_000))).toBe(clear);
  expect(await lossOr(raw, { ...device(0), name: 'wasm' })).toBe(raw);
});
