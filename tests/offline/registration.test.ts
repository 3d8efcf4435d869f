import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { NewVersion } from '../../src/offline/registration.ts';
import { keepPage } from '../../src/offline/registration.ts';

/* How a page goes over to the version of it that waits. */

/** A version that waits: what it was told, and by which port it answers. */
class Waiting extends EventTarget {
  state = 'installed';
  onstatechange: (() => void) | null = null;
  readonly asked: MessagePort[] = [];

  postMessage(message: string, [port]: MessagePort[]) {
    expect(message).toBe('takeOver');
    this.asked.push(port!);
  }
  activate() {
    this.state = 'activated';
    this.onstatechange?.();
  }
}

let waiting: Waiting;
let version: NewVersion;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  waiting = new Waiting();
  const registration = Object.assign(new EventTarget(), { waiting, active: { postMessage() {} } });
  vi.stubGlobal('navigator', {
    serviceWorker: {
      register: () => Promise.resolve(registration),
      ready: Promise.resolve(registration),
    },
  });
  await keepPage(new URL('http://localhost/sw.js'), (one) => (version = one));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const realTimeout = setTimeout;
const settledOf = async (taken: Promise<string>) =>
  Promise.race([taken, new Promise((resolve) => realTimeout(resolve, 50, 'waits'))]);

test('the new version is in force when it says so and its state does', async () => {
  const taken = version.takeOver();
  waiting.asked[0]!.postMessage('taken');
  expect(await settledOf(taken)).toBe('waits');
  waiting.activate();
  expect(await taken).toBe('taken');
});

test('under other tabs it waits', async () => {
  const taken = version.takeOver();
  waiting.asked[0]!.postMessage('others');
  expect(await taken).toBe('others');
});

test('a browser that holds on to the old one is waited for, and the page stays as it is', async () => {
  const taken = version.takeOver();
  vi.advanceTimersByTime(89_000);
  expect(await settledOf(taken)).toBe('waits');
  vi.advanceTimersByTime(2_000);
  expect(await taken).toBe('held');
  // It lets go at last: who asks again has it at once.
  waiting.activate();
  expect(await version.takeOver()).toBe('taken');
});
