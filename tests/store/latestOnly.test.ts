import { expect, test, vi } from 'vitest';
import { until } from '../helpers/until.ts';
import { latestOnly } from '../../src/store/latestOnly.ts';

test('only the newest of what came meanwhile is sent, and a failure does not block the next', async () => {
  const release: (() => void)[] = [];
  const send = vi.fn((value: number) => new Promise<void>((resolve, reject) => void release.push(() => (value === 4 ? reject(new Error('no')) : resolve())))); // prettier-ignore
  const push = latestOnly(send);
  const done = push(1);
  void push(2);
  void push(3);
  release.shift()!();
  await until(() => expect(send).toHaveBeenCalledTimes(2));
  release.shift()!();
  await done;
  expect(send.mock.calls).toEqual([[1], [3]]);
  const failing = push(4);
  release.shift()!();
  await expect(failing).rejects.toThrow('no');
  const last = push(5);
  release.shift()!();
  await last;
  expect(send).toHaveBeenLastCalledWith(5);
});
