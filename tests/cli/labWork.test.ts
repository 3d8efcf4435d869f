import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { LabWork } from '../../src/cli/lab/labWork.ts';
import type { Progress } from '../../src/cli/progress.ts';

/* How long the work of a cell still takes, as it is told. */

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const told: string[] = [];
const progress = { show: (_: number, text: () => string) => void told.push(text()) };
const begun = () => {
  const stop = { signal: new AbortController().signal, check: () => undefined };
  const work = new LabWork(progress as unknown as Progress, stop, 3);
  work.begin('rae.mnist.s1');
  return work;
};
const last = () => told.at(-1)!.replace('1/3 rae.mnist.s1: ', '');

test('what is left goes by what was done since a piece of work was first heard of', () => {
  const work = begun();
  work.show('Fitting, iteration 1', 0);
  vi.advanceTimersByTime(10_000);
  work.show('Fitting, iteration 1', 0.1);
  expect(last()).toBe('Fitting, iteration 1: 10 %, 1 min 30 s left');
  // Another name for what goes on: a tenth in ten seconds as before.
  work.show('Fitting, iteration 2', 0.1);
  vi.advanceTimersByTime(10_000);
  work.show('Fitting, iteration 2', 0.2);
  expect(last()).toBe('Fitting, iteration 2: 20 %, 1 min 20 s left');
});

test('what begins again under the same name counts from its own beginning', () => {
  const work = begun();
  work.show('Completing', 0);
  vi.advanceTimersByTime(200_000);
  work.show('Completing', 1);
  work.show('Completing', 0);
  expect(last()).toBe('Completing: 0 %, ? left');
  vi.advanceTimersByTime(10_000);
  work.show('Completing', 0.5);
  expect(last()).toBe('Completing: 50 %, 10 s left');
});
