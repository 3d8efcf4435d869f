import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Port } from '../../src/client/client.ts';
import { createClient, createLabClient } from '../../src/client/client.ts';
import type { FromWorker, ToWorker } from '../../src/protocol/messages.ts';
import { showLife, watchLife } from '../../src/shared/lifeline.ts';

/* A worker that is killed says nothing: the page finds out all the same. */

/** A worker that answers what it is asked, a pull with `told`, until it is dead. */
function worker(told: unknown = null) {
  const sent: ToWorker[] = [];
  let dead = false;
  const port: Port = {
    postMessage(message) {
      const asked = message as ToWorker;
      sent.push(asked);
      if (dead || asked.request.type === 'saveModel') return;
      const value = (asked.request.type === 'pull' ? told : null) as null;
      const answer: FromWorker = { id: asked.id, ok: true, value };
      queueMicrotask(() => port.onmessage?.(new MessageEvent('message', { data: answer })));
    },
    terminate: vi.fn(),
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  return { port, sent, kill: () => void (dead = true) };
}

describe('a worker that falls silent', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is asked whether it hears, and found out in minutes; what waits is rejected, its thread ended', async () => {
    const { port, kill } = worker();
    const client = createClient(port);
    const heard = vi.fn();
    client.onFailure(heard);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(heard).not.toHaveBeenCalled();
    kill();
    const waiting = client.request({ type: 'saveModel' });
    const rejected = expect(waiting).rejects.toThrow('did not answer any more');
    await vi.advanceTimersByTimeAsync(140_000);
    await rejected;
    expect(heard).toHaveBeenCalledOnce();
    expect(port.terminate).toHaveBeenCalled();
  });

  test('is not asked any more once it is closed', async () => {
    const { port, sent } = worker();
    const client = createClient(port);
    client.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
  });

  test('may take as long as it likes for what takes long', async () => {
    const { port } = worker();
    const client = createClient(port);
    const heard = vi.fn();
    client.onFailure(heard);
    client.request({ type: 'saveModel' }).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(heard).not.toHaveBeenCalled();
    client.close();
  });
});

describe('a worker of the Lab that hangs without dying', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is found out by whoever asks how far it is, after ten minutes, and ended', async () => {
    const { port, kill } = worker({ run: null, results: [], notices: [] });
    const client = createLabClient(port);
    const heard = vi.fn();
    client.onFailure(heard);
    await client.request({ type: 'pull', have: 0 });
    await vi.advanceTimersByTimeAsync(3_600_000);
    kill();
    const running = client.request({ type: 'pull', have: 0 });
    const rejected = expect(running).rejects.toThrow(
      'The Lab stopped: it did not answer any more.',
    );
    await vi.advanceTimersByTimeAsync(590_000);
    expect(heard).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(30_000);
    await rejected;
    expect(heard).toHaveBeenCalledOnce();
    expect(port.terminate).toHaveBeenCalled();
  });

  test('may take hours for a run', async () => {
    const { port, kill } = worker();
    const client = createLabClient(port);
    const heard = vi.fn();
    client.onFailure(heard);
    kill();
    client.request({ type: 'run', experiment: 'a', budget: 'quick', cells: [], backend: 'auto', mirrors: [] }).catch(() => undefined); // prettier-ignore
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(heard).not.toHaveBeenCalled();
    client.close();
  });
});

/** Locks as browsers have them, of names: an owner that dies lets go. */
function fakeLocks() {
  const queues = new Map<string, (() => void)[]>();
  const held = new Set<string>();
  const next = (name: string) => {
    held.delete(name);
    queues.get(name)?.shift()?.();
  };
  const request = (name: string, ...rest: unknown[]) => {
    const callback = rest.at(-1) as () => unknown;
    const { signal } = (rest.length > 1 ? rest[0] : {}) as { signal?: AbortSignal };
    return new Promise((resolve, reject) => {
      const take = () => {
        held.add(name);
        resolve(callback());
      };
      const queue = queues.get(name) ?? [];
      queues.set(name, queue);
      signal?.addEventListener('abort', () => {
        const at = queue.indexOf(take);
        if (at >= 0) queue.splice(at, 1);
        reject(new DOMException('aborted', 'AbortError'));
      });
      if (held.has(name)) queue.push(take);
      else take();
    });
  };
  return { locks: { request } as unknown as LockManager, kill: next };
}

describe('a thread that shows its life', () => {
  test('is seen to end, at once and once', async () => {
    const { locks, kill } = fakeLocks();
    await showLife('a', locks);
    const ended = vi.fn();
    watchLife('a', ended, locks);
    expect(ended).not.toHaveBeenCalled();
    kill('a');
    expect(ended).toHaveBeenCalledOnce();
  });

  test('is not watched any more once the watch has ended', async () => {
    const { locks, kill } = fakeLocks();
    await showLife('a', locks);
    const ended = vi.fn();
    watchLife('a', ended, locks)();
    kill('a');
    expect(ended).not.toHaveBeenCalled();
  });

  test('goes unseen where there are no locks', async () => {
    await showLife('a', null);
    const ended = vi.fn();
    watchLife('a', ended, null)();
    expect(ended).not.toHaveBeenCalled();
  });

  test('goes unseen where a browser refuses its locks to be looked at', async () => {
    const refusing = {
      get locks(): never {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    };
    vi.stubGlobal('navigator', refusing);
    await showLife('a');
    const ended = vi.fn();
    watchLife('a', ended)();
    vi.unstubAllGlobals();
    expect(ended).not.toHaveBeenCalled();
  });

  test('is watched by the client from its first answer on, and its end is told', async () => {
    const { port } = worker();
    let end: () => void = () => undefined;
    const watch = vi.fn((onEnd: () => void) => {
      end = onEnd;
      return () => undefined;
    });
    const client = createClient(port, { watchLife: watch });
    const heard = vi.fn();
    client.onFailure(heard);
    const waiting = client.request({ type: 'saveModel' });
    expect(watch).not.toHaveBeenCalled();
    await client.request({ type: 'pause' });
    expect(watch).toHaveBeenCalledOnce();
    end();
    await expect(waiting).rejects.toThrow('its thread ended');
    expect(heard).toHaveBeenCalledOnce();
  });
});
