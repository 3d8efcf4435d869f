import type { AnswerOf, RequestType, Results } from '../protocol/messages.ts';
import { messageId } from '../shared/checks.ts';
import { messageOf, NgcError, printableText } from '../shared/errors.ts';

/** The part of a worker's global scope that a session is served on; tests hand in their own. */
export interface SessionPort<V = Results[RequestType]> {
  postMessage(message: AnswerOf<V>, options: { transfer: Transferable[] }): void;
  onmessage: ((event: MessageEvent<unknown>) => Promise<void>) | null;
}

/** The buffer of an episode's frames. */
function framesOf(episode: unknown): Transferable[] {
  if (typeof episode !== 'object' || episode === null || !('frames' in episode)) return [];
  return episode.frames instanceof Float32Array ? [episode.frames.buffer] : [];
}

/** Every buffer of arrays within a value, each once, however deep. */
function buffersWithin(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) buffersWithin(part, found);
  return [...found];
}

/** Buffers of an answer that can be handed over instead of copied, each once. */
function transferables(value: unknown): Transferable[] {
  if (value === null || typeof value !== 'object') return [];
  if ('episode' in value) return framesOf(value.episode);
  if ('bytes' in value && value.bytes instanceof ArrayBuffer) return [value.bytes];
  if ('slots' in value && Array.isArray(value.slots)) return buffersWithin(value.slots);
  if ('networks' in value && Array.isArray(value.networks))
    return value.networks.flatMap((one) => transferables(one));
  const arrays = Object.values(value).filter((part: unknown) => part instanceof Float32Array);
  return [...new Set(arrays.map(({ buffer }) => buffer))];
}

function failure(id: number, error: unknown): AnswerOf<never> {
  const kind = error instanceof NgcError ? error.kind : 'bug';
  return { id, ok: false, error: { kind, message: messageOf(error) } };
}

/** Answers the requests that come in through a port, each once: with a value, or with an error. */
export function serveSession<V = Results[RequestType]>(
  port: SessionPort<V>,
  session: { handle(request: unknown): Promise<V> },
): void {
  port.onmessage = async ({ data }) => {
    const id = messageId(data);
    if (id === null) return;
    let answer: AnswerOf<V>;
    try {
      answer = {
        id,
        ok: true,
        value: await session.handle((data as { request?: unknown }).request),
      };
    } catch (error) {
      answer = failure(id, error);
    }
    try {
      port.postMessage(answer, { transfer: answer.ok ? transferables(answer.value) : [] });
    } catch (error) {
      const why = printableText(messageOf(error), 200);
      port.postMessage(failure(id, new Error(`The answer could not be sent: ${why}`)), {
        transfer: [],
      });
    }
  };
}
