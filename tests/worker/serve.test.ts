import { describe, expect, test } from 'vitest';

import type { FromWorker } from '../../src/protocol/messages.ts';
import { NgcError } from '../../src/shared/errors.ts';
import type { SessionPort } from '../../src/worker/serve.ts';
import { serveSession } from '../../src/worker/serve.ts';

/*
 * The way between a session and its port: whatever happens, an id is answered once.
 */

/** A port that copies what is posted, as a real one does, and a way to send it messages. */
function served(handle: (request: unknown) => Promise<unknown>) {
  const posted: FromWorker[] = [];
  const handed: Transferable[] = [];
  const port: SessionPort = {
    onmessage: null,
    postMessage(message, { transfer }) {
      posted.push(structuredClone(message, { transfer }));
      handed.push(...transfer);
    },
  };
  // The session is any that answers; what it answers with is the test's.
  serveSession(port, { handle: handle as never });
  const send = async (data: unknown) => {
    await port.onmessage!({ data } as MessageEvent);
    return posted.at(-1);
  };
  return { send, posted, handed };
}

describe('a served session', () => {
  test('answers with the value, and hands its buffers over', async () => {
    const values = new Float32Array([1, 2]);
    const { send, handed } = served(() => Promise.resolve({ values, layer: 1 }));
    const answer = await send({ id: 3, request: { type: 'fields', layer: 1 } });
    expect(answer).toEqual({ id: 3, ok: true, value: { values: new Float32Array([1, 2]), layer: 1 } }); // prettier-ignore
    expect(handed).toHaveLength(1);
    expect(values.length).toBe(0);
  });

  test('answers with the kind and the sentence of a refusal', async () => {
    const { send } = served(() => Promise.reject(new NgcError('data', 'No.')));
    const error = { kind: 'data', message: 'No.' };
    expect(await send({ id: 1, request: {} })).toEqual({ id: 1, ok: false, error });
  });

  test('what was thrown otherwise is a bug', async () => {
    const { send } = served(() => Promise.reject(new TypeError('x is not a function')));
    const error = { kind: 'bug', message: 'x is not a function' };
    expect(await send({ id: 1, request: {} })).toEqual({ id: 1, ok: false, error });
  });

  test('an answer that cannot be posted is answered with an error all the same', async () => {
    const { send, posted } = served(() => Promise.resolve({ values: () => 1 }));
    const answer = await send({ id: 4, request: { type: 'fields', layer: 1 } });
    expect(answer).toMatchObject({ id: 4, ok: false, error: { kind: 'bug' } });
    expect(posted).toHaveLength(1);
  });

  test('what exhibits show is handed over, however deep it lies', async () => {
    const shown = { planes: [{ energy: new Float32Array([1, 2]) }], gallery: new Uint8Array([3]) };
    const { send, handed } = served(() => Promise.resolve({ slots: [{ slot: 0, frame: { shown } }] })); // prettier-ignore
    const answer = await send({ id: 6, request: { type: 'pull' } });
    expect(answer).toMatchObject({ value: { slots: [{ frame: { shown: { gallery: new Uint8Array([3]) } } }] } }); // prettier-ignore
    expect(handed).toHaveLength(2);
    expect(shown.planes[0]!.energy.length).toBe(0);
  });

  test('two parts of an answer may share a buffer', async () => {
    const { buffer } = new Float32Array(4);
    const value = { values: new Float32Array(buffer, 0, 2), change: new Float32Array(buffer, 8) };
    const { send } = served(() => Promise.resolve(value));
    expect(await send({ id: 5, request: {} })).toMatchObject({ id: 5, ok: true });
  });

  test('a message without a request is refused; one without an id is nobody’s', async () => {
    const { send, posted } = served((request) =>
      request === undefined
        ? Promise.reject(new NgcError('usage', 'No request.'))
        : Promise.reject(new Error('it was not to be asked')),
    );
    expect(await send({ id: 9 })).toMatchObject({ id: 9, ok: false, error: { kind: 'usage' } });
    for (const odd of [null, undefined, 7, 'text', {}, { request: {} }, { id: 'x', request: {} }])
      await send(odd);
    expect(posted).toHaveLength(1);
  });
});
