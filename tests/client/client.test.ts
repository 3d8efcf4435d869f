import { describe, expect, it, vi } from 'vitest';
import type { Port } from '../../src/client/client.ts';
import { createClient } from '../../src/client/client.ts';
import type { FromWorker, ToWorker } from '../../src/protocol/messages.ts';
import { ERROR_KINDS } from '../../src/shared/errors.ts';

function port() {
  const sent: ToWorker[] = [];
  const self: Port = {
    postMessage: (message) => void sent.push(message as ToWorker),
    terminate: vi.fn(),
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  const reply = (data: FromWorker) => self.onmessage?.(new MessageEvent('message', { data }));
  return { self, sent, reply };
}

describe('client', () => {
  it('gives each request its own answer, in whatever order they come', async () => {
    const { self, sent, reply } = port();
    const client = createClient(self);
    const save = client.request({ type: 'saveModel' });
    const pause = client.request({ type: 'pause' });
    expect(sent.map(({ request }) => request.type)).toEqual(['saveModel', 'pause']);
    reply({ id: sent[1]!.id, ok: true, value: null });
    reply({ id: sent[0]!.id, ok: true, value: { bytes: new ArrayBuffer(3), name: 'a' } });
    expect(await pause).toBeNull();
    expect((await save).name).toBe('a');
  });

  it('rethrows a refusal with its kind and its sentence', async () => {
    const { self, sent, reply } = port();
    const request = createClient(self).request({ type: 'selectDataset', dataset: 'kmnist' });
    reply({ id: sent[0]!.id, ok: false, error: { kind: 'data', message: 'Not there.' } });
    await expect(request).rejects.toMatchObject({ kind: 'data', message: 'Not there.' });
  });

  it('cuts a refusal that is no sentence: what is thrown can be shown as it is', async () => {
    const { self, sent, reply } = port();
    const request = createClient(self).request({ type: 'pause' });
    reply({ id: sent[0]!.id, ok: false, error: { kind: 'usage', message: 'x'.repeat(3000) } });
    const { message } = (await request.catch((error: unknown) => error)) as Error;
    expect(message.length).toBeLessThanOrEqual(400);
  });

  it('knows every kind of error there is', async () => {
    for (const kind of ERROR_KINDS) {
      const { self, sent, reply } = port();
      const request = createClient(self).request({ type: 'pause' });
      reply({ id: sent[0]!.id, ok: false, error: { kind, message: 'No.' } });
      await expect(request).rejects.toMatchObject({ kind, message: 'No.' });
    }
  });

  it('tells once that the engine died, and rejects what waits and what follows', async () => {
    const { self } = port();
    const client = createClient(self);
    const heard = vi.fn();
    client.onFailure(heard);
    const waiting = client.request({ type: 'settle' });
    const event = { message: 'out of memory', preventDefault: () => undefined } as ErrorEvent;
    self.onerror?.(event);
    self.onerror?.(event);
    await expect(waiting).rejects.toThrow('out of memory');
    await expect(client.request({ type: 'pause' })).rejects.toThrow('out of memory');
    expect(heard).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('out of memory'));
  });

  it('answers a request that cannot be sent, and goes on with the next', async () => {
    const { self, sent, reply } = port();
    const client = createClient(self);
    self.postMessage = () => {
      throw new DOMException('a function could not be cloned.', 'DataCloneError');
    };
    await expect(client.request({ type: 'pause' })).rejects.toMatchObject({
      kind: 'bug',
      message: expect.stringContaining('could not be cloned') as string,
    });
    self.postMessage = (message) => void sent.push(message as ToWorker);
    const next = client.request({ type: 'pause' });
    reply({ id: sent[0]!.id, ok: true, value: null });
    expect(await next).toBeNull();
  });

  it('says so when an answer is none', async () => {
    const { self, sent, reply } = port();
    const client = createClient(self);
    const heard = vi.fn();
    client.onFailure(heard);
    const refused = client.request({ type: 'pause' });
    // Neither follows the protocol: a refusal without its error, and answers to nobody.
    reply({ id: sent[0]!.id, ok: false } as FromWorker);
    await expect(refused).rejects.toMatchObject({ kind: 'bug' });
    expect(heard).not.toHaveBeenCalled();
    const waiting = client.request({ type: 'settle' });
    reply({ ok: true, value: null } as FromWorker);
    await expect(waiting).rejects.toThrow('could not be read');
    expect(heard).toHaveBeenCalledOnce();
    reply(null as unknown as FromWorker);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('gives up a worker that answers something else than what was asked, or an array too short', async () => {
    const values = [null, { name: 'W1' }, { name: 'W1', rows: 2, columns: 2, values: new Float32Array(3), version: 0 }]; // prettier-ignore
    for (const value of values) {
      const { self, sent, reply } = port();
      const client = createClient(self);
      const heard = vi.fn();
      client.onFailure(heard);
      const asked = client.request({ type: 'synapses', name: 'W1' });
      reply({ id: sent[0]!.id, ok: true, value } as FromWorker);
      await expect(asked).rejects.toThrow('a message from it could not be read');
      expect(heard).toHaveBeenCalledOnce();
      expect(self.terminate).toHaveBeenCalledOnce();
    }
  });

  it('cancels what waits when it is closed', async () => {
    const { self } = port();
    const client = createClient(self);
    const waiting = client.request({ type: 'settle' });
    client.close();
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    expect(self.terminate).toHaveBeenCalledOnce();
  });
});
