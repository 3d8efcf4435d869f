import { opByOp } from '../../src/ngc/opByOp.ts';
import { createClient, RequestError } from '../../src/client/client.ts';
import type { Port } from '../../src/client/client.ts';
import { createRng } from '../../src/shared/rng.ts';
import { NgcError } from '../../src/shared/errors.ts';
import type { Rng } from '../../src/shared/rng.ts';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import { parametersOf, precisionsOf } from '../../src/ngc/parameters.ts';
import { Member } from '../../src/pool/member.ts';
import { serve } from '../../src/pool/service.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import { LabSession } from '../../src/worker/labSession.ts';
import { serveSession } from '../../src/worker/serve.ts';
import { Session } from '../../src/worker/session.ts';
import { GOOD } from '../helpers/requests.ts';
import type { Target } from './harness.ts';
import { target } from './harness.ts';
import { anything, pick, spoiltValue } from './mutate.ts';

/* What passes between threads, spoilt: a message that nobody meant is refused where it comes in. */

const shown = (value: unknown) => {
  const seen = (_: string, inner: unknown) =>
    typeof inner === 'bigint' ? `${inner}n` : inner === undefined ? 'undefined' : inner instanceof Float32Array || inner instanceof Uint8Array ? `${inner.constructor.name}(${inner.length})` : inner; // prettier-ignore
  return JSON.stringify(value, seen);
};

/** A port for someone who answers: what is sent to them, and what they send. */
function answering() {
  const answers: unknown[] = [];
  const heard: ((answer: unknown) => void)[] = [];
  const post = (answer: unknown) => (heard.shift() ?? ((late) => answers.push(late)))(answer);
  return { post, next: () => new Promise<unknown>((resolve) => heard.push(resolve)) };
}

/** What a failure in an answer is, as it was thrown; throws where it calls itself a bug. */
function rethrow(failure: { kind: string; message: string } | undefined): void {
  if (failure === undefined) return;
  if (failure.kind === 'bug') throw new Error(`a bug: ${failure.message}`);
  throw new NgcError(failure.kind as 'usage', failure.message);
}

const SMALL = { sizes: [784, 6, 6], steps: 2, batch: 10 };
const unstarted = new Session();
let session: Promise<Session> | null = null;
/** A session with a small network, on plain JavaScript. */
function theSession(): Promise<Session> {
  session ??= (async () => {
    const one = new Session();
    await one.handle({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
    await one.handle({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings: SMALL }); // prettier-ignore
    return one;
  })();
  return session;
}

/** Those that are soon done, right or wrong. */
const REQUESTS = Object.entries(GOOD)
  .filter(([type]) => !['bench', 'startTraining', 'start'].includes(type))
  .map(([type, fields]) => ({ type, ...fields }));

/** A request that is spoilt. No large network is made by chance: that takes its time, rightly. */
function request(rng: Rng): unknown {
  const spoilt = spoiltValue(pick(rng, REQUESTS), rng);
  const isSelection = typeof spoilt === 'object' && spoilt !== null && 'type' in spoilt && spoilt.type === 'selectModel'; // prettier-ignore
  return isSelection ? { settings: SMALL, ...spoilt } : spoilt;
}

const LAB_REQUESTS = [
  { type: 'open', base: 'http://localhost/' },
  { type: 'run', experiment: 'table-1', budget: 'quick', cells: ['rae.mnist.s1'], backend: 'cpu' },
  ...['stop', 'restore'].map((type) => ({ type })),
  { type: 'pull', have: 0 },
  { type: 'remove', experiment: 'table-1' },
  { type: 'model', name: 'models/a.safetensors' },
  { type: 'models', backend: 'auto' },
  { type: 'look', model: 'a', pixels: new Float32Array(784), mask: null, rule: 'best' },
  { type: 'draw', model: 'a', count: 1, seed: 1 },
];
const lab = new LabSession({
  shelf: () => Promise.resolve(memoryShelf()),
  runner: () => Promise.resolve(() => Promise.resolve()),
  side: () => Promise.reject(new NgcError('backend', 'There is nothing to compute with.')),
});

const config = defaultConfig('gncn-pdh', [9, 4, 4]);
const matrix = (rows: number, columns: number, value = 0) => ({
  shape: [rows, columns],
  data: new Float32Array(rows * columns).fill(value),
});
const synapses = [...parametersOf(config), ...precisionsOf(config)].map(({ name, shape: [a, b] }) => [name, matrix(a, b)]); // prettier-ignore
const HOLD = { type: 'hold', model: 1, config, synapses };
const BEGIN = { type: 'begin', episode: 2, model: 1, config, circumstances: { lesions: NO_LESIONS, enduring: true }, how: 'silent', states: [matrix(2, 4), matrix(2, 4)], x: matrix(2, 9, 1), mask: matrix(2, 9, 1) }; // prettier-ignore
const ORDERS = [
  HOLD,
  BEGIN,
  { type: 'lesion', episode: 2, lesions: { ...NO_LESIONS, units: [{ layer: 1, index: 0 }] } },
  { type: 'perceive', episode: 2, x: matrix(2, 9), mask: null },
  { type: 'advance', episode: 2, config, count: 1 },
  { type: 'read', episode: 2, rows: 1 },
  { type: 'terms', episode: 2, config },
  { type: 'sum', episode: 2 },
  { type: 'follow', model: 1, layer: 1, target: matrix(4, 4, 1) },
  { type: 'end', episode: 2 },
  { type: 'memory' },
  { type: 'drop', model: 1 },
];

/** Orders after one another, of which the last is spoilt. */
const orders = (rng: Rng) => [
  ...structuredClone([HOLD, BEGIN, pick(rng, ORDERS.slice(2, 9))]),
  spoiltValue(pick(rng, ORDERS), rng),
];

const DONE = [
  { type: 'ready' },
  { type: 'unable', message: 'no' },
  { type: 'done', id: 1, answer: { z: [matrix(1, 9)], phiZ: [], mu: [matrix(1, 9)], e: [] } },
  { type: 'done', id: 1, answer: null },
  { type: 'failed', id: 1, failure: { kind: 'usage', message: 'No.' } },
];
const ANSWERS = [
  { id: 1, ok: true, value: null },
  { id: 1, ok: false, error: { kind: 'usage', message: 'No.' } },
];

/** Waits until all that waits has had its turn. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

export const DOORS: readonly Target[] = [
  target<unknown>({
    name: 'requests to the engine',
    make: request,
    async read(asked) {
      const one = await theSession();
      try {
        await one.handle(asked);
      } finally {
        await one.handle({ type: 'pause' });
      }
    },
    show: shown,
    share: 2,
  }),
  target<unknown>({
    name: 'requests before the engine has started',
    make: request,
    read: (asked) => unstarted.handle(asked),
    show: shown,
  }),
  target<unknown>({
    name: 'messages to the engine',
    make: (rng) => ({ id: 1, request: request(rng) }),
    async read(message) {
      const { post, next } = answering();
      const port = { postMessage: post, onmessage: null as ((event: MessageEvent<unknown>) => Promise<void>) | null }; // prettier-ignore
      serveSession(port, await theSession());
      const answer = next();
      await port.onmessage!({ data: message } as MessageEvent<unknown>);
      await port.onmessage!({ data: spoiltValue(message, createRng(1)) } as MessageEvent<unknown>);
      rethrow(((await answer) as { error?: { kind: string; message: string } }).error);
    },
    show: shown,
  }),
  target<unknown>({
    name: 'requests to the Lab',
    make: (rng) => spoiltValue(pick(rng, LAB_REQUESTS), rng),
    read: (request) => lab.handle(request),
    show: shown,
  }),
  target<unknown[]>({
    name: 'orders to a member of the pool',
    make: orders,
    async read(all) {
      await theSession(); // which starts the numerics
      const { post, next } = answering();
      let give: (message: unknown) => void = () => undefined;
      const ready = next();
      void serve({ post, listen: (onMessage) => (give = onMessage) }, () =>
        Promise.resolve(opByOp),
      );
      await ready;
      const ends = [
        { type: 'end', episode: 2 },
        { type: 'drop', model: 1 },
      ];
      give(anything(createRng(all.length)));
      let refused: unknown = null;
      for (const [id, order] of [...all, ...ends].entries()) {
        const answer = next();
        give({ id, order });
        try {
          rethrow(((await answer) as { failure?: { kind: string; message: string } }).failure);
        } catch (error) {
          refused ??= error;
          if (!(error instanceof NgcError)) throw error;
        }
      }
      if (refused) throw refused as Error;
    },
    show: shown,
    share: 2,
  }),
  target<unknown>({
    name: 'messages of a member of the pool',
    make: (rng) => spoiltValue(pick(rng, DONE), rng),
    async read(message) {
      let hear: (said: unknown) => void = () => undefined;
      const link = { post: () => undefined, close: () => undefined, listen: (onMessage: (said: unknown) => void) => void (hear = onMessage) }; // prettier-ignore
      const member = new Member(link, () => undefined);
      const answer = member.ask({ type: 'read', episode: 1, rows: 1 });
      answer.catch(() => undefined);
      hear({ type: 'ready' });
      hear(message);
      await turns();
      member.close();
      const activity = await answer;
      if (!Array.isArray(activity.z)) throw new Error('an answer that is none');
    },
    show: shown,
  }),
  target<unknown>({
    name: 'answers of the engine',
    make: (rng) => spoiltValue(pick(rng, ANSWERS), rng),
    async read(answer) {
      const port: Port = { postMessage: () => undefined, terminate: () => undefined, onmessage: null, onerror: null, onmessageerror: null }; // prettier-ignore
      const client = createClient(port);
      const asked = client.request({ type: 'pause' });
      asked.catch(() => undefined);
      port.onmessage!({ data: answer } as never);
      client.close();
      try {
        await asked;
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        throw new NgcError('usage', error.message);
      }
    },
    show: shown,
  }),
];
