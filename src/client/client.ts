import { ENGINE_ANSWERS, EXHIBITS_ANSWERS, LAB_ANSWERS } from '../protocol/answers.ts';
import type { ExhibitsRequest, ExhibitsResults } from '../protocol/exhibits.ts';
import type { LabRequest, LabResults } from '../protocol/lab.ts';
import type { AnswerOf, Request, Results } from '../protocol/messages.ts';
import type { Is, Shape } from '../protocol/shapes.ts';
import type { ErrorKind } from '../shared/errors.ts';
import { messageId } from '../shared/checks.ts';
import { ERROR_KINDS, LONGEST_SENTENCE, messageOf, oneLine } from '../shared/errors.ts';
import type { Clock } from './deadline.ts';
import { createDeadline, pageClock } from './deadline.ts';

/**
 * A request the engine refused. `kind` is for code to switch on; `message` is one sentence for a person
 * ("bug" marks what should never have happened).
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly kind: ErrorKind | 'bug',
    message: string,
  ) {
    super(oneLine(message, LONGEST_SENTENCE));
  }
}

/**
 * A worker, wherever it runs, as the page sees it: requests that are each answered once.
 *
 * @typeParam Q what it can be asked
 * @typeParam A what it answers, by the type of the request
 */
export interface WorkerClient<Q extends { readonly type: keyof A }, A> {
  /** Sends one request. `transfer` lists buffers to hand over instead of copying. Rejects with a RequestError. */
  request<R extends Q>(request: R, transfer?: Transferable[]): Promise<A[R['type']]>;
  /** Calls `listener` with a sentence if the engine dies; it then answers nothing any more. */
  onFailure(listener: (sentence: string) => void): void;
  /** Stops the engine; requests that wait are rejected as cancelled. */
  close(): void;
}

/** The engine of the theatre. */
export type EngineClient = WorkerClient<Request, Results>;
/** The worker of the Lab. */
export type LabClient = WorkerClient<LabRequest, LabResults>;
/** The worker of the exhibits. */
export type ExhibitsClient = WorkerClient<ExhibitsRequest, ExhibitsResults>;

/** The part of a Worker that the client uses; tests hand in their own. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<AnswerOf<unknown>>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

interface Waiting {
  /** Whether a value answers what was asked. */
  readonly answers: Is;
  resolve(value: unknown): void;
  reject(error: RequestError): void;
}

/** What a client is told beside the port. */
interface Watching<Q extends { readonly type: keyof A }, A> {
  /** What each request is answered with: a worker that answers otherwise is given up. */
  readonly answers: Shape<A>;
  /** Watches for the end of the thread, from its first answer on; returns what ends the watch. */
  readonly watchLife?: (onEnd: () => void) => () => void;
  /** What is asked again and again, to hear whether the worker hears. */
  readonly ping?: Q;
  /** What is answered soon, whatever is going on: where it is not, the worker has stopped. */
  readonly prompt?: readonly Q['type'][];
  /** How long (ms) that may take; as for the engine if not given. */
  readonly late?: number;
  readonly clock?: Clock;
}

/** So often (ms) it is asked whether the worker hears. */
const PING_MS = 5_000;
const SILENT = 'it did not answer any more.';
const UNREADABLE = 'a message from it could not be read.';

const KINDS: readonly unknown[] = [...ERROR_KINDS, 'bug'];

function isRefusal(error: unknown): error is { kind: ErrorKind | 'bug'; message: string } {
  if (typeof error !== 'object' || error === null) return false;
  const { kind, message } = error as Partial<Record<string, unknown>>;
  return KINDS.includes(kind) && typeof message === 'string';
}

/** A refusal as the protocol has it, or if it says nothing, at least an error. */
function refusal(error: unknown, name: string): RequestError {
  if (!isRefusal(error)) return new RequestError('bug', `${name} refused, and did not say why.`);
  return new RequestError(error.kind, error.message);
}

/** Speaks a protocol over a worker's port; `name` is what its sentences call it. */
function createWorkerClient<Q extends { readonly type: keyof A }, A>(
  port: Port,
  name: string,
  { answers, watchLife, ping, prompt = [], late, clock }: Watching<Q, A>,
): WorkerClient<Q, A> {
  const deadline = createDeadline(() => fail(SILENT), clock, late);
  const ends: (() => void)[] = [deadline.stop];
  let heard = false;
  const waiting = new Map<number, Waiting>();
  const listeners: ((sentence: string) => void)[] = [];
  let nextId = 1;
  let dead: RequestError | null = null;

  const rejectAll = (error: RequestError) => {
    dead = error;
    for (const end of ends) end();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const fail = (detail: string) => {
    if (dead !== null) return;
    const sentence = `${name} stopped: ${detail.replace(/\.*$/, '')}.`;
    rejectAll(new RequestError('bug', sentence));
    // Half alive, it could still write where the next one does.
    port.terminate();
    for (const listener of listeners) listener(sentence);
  };
  /** Its first answer: what lives can be watched. */
  const hear = () => {
    heard = true;
    if (watchLife) ends.push(watchLife(() => fail('its thread ended.')));
  };

  port.onmessage = ({ data }) => {
    // Without a number, one request would wait for ever.
    if (messageId(data) === null) return fail(UNREADABLE);
    if (!heard) hear();
    const entry = waiting.get(data.id);
    if (entry === undefined) return;
    if (data.ok && !entry.answers(data.value)) return fail(UNREADABLE);
    deadline.answered(data.id);
    waiting.delete(data.id);
    if (data.ok) entry.resolve(data.value);
    else entry.reject(refusal(data.error, name));
  };
  port.onerror = (event) => {
    event.preventDefault?.();
    fail(event.message || 'its program could not be loaded.');
  };
  port.onmessageerror = () => fail(UNREADABLE);

  const send = <R extends Q>(request: R, transfer: Transferable[] = []) =>
    new Promise<A[R['type']]>((resolve, reject) => {
      if (dead !== null) {
        reject(dead);
        return;
      }
      const id = nextId++;
      // The protocol answers an id with the result of its own request's type; the map cannot express that.
      waiting.set(id, { answers: answers[request.type], resolve: resolve, reject });
      if (prompt.includes(request.type)) deadline.sent(id);
      try {
        port.postMessage({ id, request }, transfer);
      } catch (error) {
        waiting.delete(id);
        deadline.answered(id);
        reject(new RequestError('bug', `${name} could not be asked: ${messageOf(error)}`));
      }
    });

  if (ping) {
    let asked = false;
    const ask = () => {
      if (asked) return;
      asked = true;
      void send(ping).then(
        () => (asked = false),
        () => undefined, // it is dead, and that has been told
      );
    };
    ends.push((clock ?? pageClock).every(PING_MS, ask));
  }

  return {
    request: send,
    onFailure: (listener) => void listeners.push(listener),
    close() {
      port.terminate();
      if (dead === null) rejectAll(new RequestError('cancelled', `${name} was closed.`));
    },
  };
}

/** Speaks the engine's protocol over its port. */
export const createClient = (
  port: Port,
  watching: Pick<Watching<Request, Results>, 'watchLife' | 'clock'> = {},
): EngineClient =>
  createWorkerClient<Request, Results>(port, 'The engine', {
    ...watching,
    answers: ENGINE_ANSWERS,
    ping: { type: 'ping' },
    prompt: ['ping', 'pull', 'pause', 'setSpeed', 'cancel'],
  });

/** The Lab's measures look up more seldom than the engine's steps: a mixture is fitted to all codes round by round. */
const LAB_LATE_MS = 600_000;

/** Speaks the Lab's protocol over its port. While something runs the page asks how far it is: that is its heartbeat. */
export const createLabClient = (
  port: Port,
  watching: Pick<Watching<LabRequest, LabResults>, 'watchLife' | 'clock'> = {},
): LabClient =>
  createWorkerClient<LabRequest, LabResults>(port, 'The Lab', {
    ...watching,
    answers: LAB_ANSWERS,
    prompt: ['pull', 'stop'],
    late: LAB_LATE_MS,
  });

/** Speaks the hall's protocol over its port. */
export const createExhibitsClient = (
  port: Port,
  watching: Pick<Watching<ExhibitsRequest, ExhibitsResults>, 'watchLife' | 'clock'> = {},
): ExhibitsClient =>
  createWorkerClient<ExhibitsRequest, ExhibitsResults>(port, 'The hall', {
    ...watching,
    answers: EXHIBITS_ANSWERS,
  });
