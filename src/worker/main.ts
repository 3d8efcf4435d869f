import type { FromWorker, Results, RequestType, ToWorker } from '../protocol/messages.ts';
import { messageOf, NgcError } from '../shared/errors.ts';
import { Session } from './session.ts';

const session = new Session();

/** Buffers of an answer that can be handed over instead of copied. */
function transferables(value: Results[RequestType]): Transferable[] {
  if (value === null || typeof value !== 'object') return [];
  if ('episode' in value && value.episode) return [value.episode.frames.buffer];
  if ('bytes' in value) return [value.bytes];
  return Object.values(value)
    .filter((part: unknown) => part instanceof Float32Array)
    .map(({ buffer }) => buffer);
}

async function answer({ id, request }: ToWorker): Promise<FromWorker> {
  try {
    return { id, ok: true, value: await session.handle(request) };
  } catch (error) {
    const kind = error instanceof NgcError ? error.kind : 'bug';
    return { id, ok: false, error: { kind, message: messageOf(error) } };
  }
}

self.onmessage = async (event: MessageEvent<ToWorker>) => {
  const message = await answer(event.data);
  self.postMessage(message, { transfer: message.ok ? transferables(message.value) : [] });
};
