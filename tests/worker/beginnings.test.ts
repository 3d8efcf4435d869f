import { expect, test } from 'vitest';
import { Beginnings } from '../../src/worker/exhibits/beginnings.ts';

const left = () => new AbortController().signal;

/** Lets everything happen that waits for nothing from outside. */
const all = () => new Promise((done) => setTimeout(done));

function beginnings() {
  const line = new Beginnings();
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const enter = (name: string, effort: number, signal = left()) =>
    line.inTurn(effort, signal, () => {
      log.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  return { enter, log, end: (name: string) => ends.get(name)!() };
}

test('one begins after the other: of those that wait, what takes least; equals as they came', async () => {
  const { enter, log, end } = beginnings();
  const entered = [enter('learns', 2), enter('tensors', 1), enter('plain', 0), enter('more', 1)];
  for (const name of ['plain', 'tensors', 'more', 'learns']) {
    await all();
    expect(log.at(-1)).toBe(name);
    end(name);
  }
  expect(await Promise.all(entered)).toEqual(['learns', 'tensors', 'plain', 'more']);
});

test('who is left while it waits never begins; who fails lets the next one in', async () => {
  const line = new Beginnings();
  const log: string[] = [];
  const leaver = new AbortController();
  let fail: (error: Error) => void = () => undefined;
  const failing = line.inTurn(0, left(), () => new Promise<void>((_, reject) => (fail = reject)));
  const waiting = line.inTurn(0, leaver.signal, async () => void log.push('left'));
  const next = line.inTurn(0, left(), async () => void log.push('next'));
  await all();
  leaver.abort();
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  expect(log).toEqual([]);
  fail(new Error('it broke'));
  await expect(failing).rejects.toThrow('it broke');
  await next;
  expect(log).toEqual(['next']);
});
