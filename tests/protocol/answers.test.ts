import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { ENGINE_ANSWERS, EXHIBITS_ANSWERS, LAB_ANSWERS } from '../../src/protocol/answers.ts';
import type { RequestType } from '../../src/protocol/messages.ts';
import { Session } from '../../src/worker/session.ts';
import { fakeHall } from '../fakes/hall.ts';
import { fakeLab } from '../fakes/lab.ts';
import { counting } from '../helpers/counting.ts';
import { GOOD } from '../helpers/requests.ts';

/* What the page takes for an answer: all that its workers answer, and nothing that has lost a field or has another in its place. */

const SMALL = { sizes: [784, 6, 6], steps: 2, batch: 10 };
const pixels = Float32Array.from({ length: 784 }, (_, i) => Number(i % 28 > 9 && i % 28 < 18));
/** Where a good request needs more to be answered. */
const OTHER: Partial<Record<RequestType, object>> = {
  selectModel: { settings: SMALL },
  ...{
    addDrawing: { pixels },
    setInput: { pixels, mask: new Uint8Array(784).map((_, i) => Number(i < 392)) },
    nearest: { pixels },
    code: { pixels },
  },
  keepSafe: { have: [] },
};
const session = new Session();
/** Those that were answered, by what they asked. */
const answered = new Map<RequestType, unknown>();
/** What comes first, and what is asked of a network and a picture that are there. */
const ORDER: readonly RequestType[] = [
  ...(['start', 'selectModel', 'selectDataset', 'setInput', 'settle'] as const),
  ...(['changeSettings', 'runs', 'drawings', 'addDrawing', 'data', 'example', 'settlingStep'] as const), // prettier-ignore
  ...(['settleBeside', 'weightUpdate', 'undoUpdates', 'moments', 'health', 'sample', 'prior'] as const), // prettier-ignore
  ...(['walk', 'code', 'decode', 'nearest', 'fields', 'neuron', 'synapses', 'surpriseScale'] as const), // prettier-ignore
  ...(['imagine', 'takeImagining', 'latentMap', 'saveModel', 'keepSafe', 'pull', 'ping'] as const),
  ...(['cancelMap', 'setCompletion', 'setLesions', 'setSpeed', 'setStop', 'allowMirrors', 'endRunLooks'] as const), // prettier-ignore
  ...(['startTraining', 'pull', 'pause', 'compareRuns', 'rewind', 'reseed', 'cancel'] as const),
];

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  for (const type of ORDER) {
    const fields = { ...GOOD[type], ...OTHER[type] };
    try {
      answered.set(type, structuredClone(await session.handle({ type, ...fields })));
    } catch (error) {
      throw new Error(`${type} was refused`, { cause: error });
    }
  }
});
afterAll(() => session.handle({ type: 'pause' }));

/** A value with each of its fields left out, and with each of another kind. */
function spoilt(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [{}, 'text', undefined];
  if (Array.isArray(value)) return [{}, null];
  const entries = Object.entries(value);
  const without = entries.map(([key]) => Object.fromEntries(entries.filter(([name]) => name !== key))); // prettier-ignore
  const others = entries.map(([key]) => ({ ...value, [key]: Symbol.iterator }));
  return [...without, ...others, null, []];
}

describe('the engine', () => {
  test.each([...new Set(ORDER)])('what it answers to %s is taken, and nothing less', (type) => {
    const value = answered.get(type);
    expect(ENGINE_ANSWERS[type](value)).toBe(true);
    expect(spoilt(value).filter((one) => ENGINE_ANSWERS[type](one))).toEqual([]);
  });

  test('arrays are as long as is said beside them', () => {
    const { fields, sample, synapses } = Object.fromEntries(answered) as Record<string, { values: Float32Array; pixels: Float32Array }>; // prettier-ignore
    const shorter = (array: Float32Array) => array.slice(1);
    expect(ENGINE_ANSWERS.fields({ ...fields, values: shorter(fields!.values) })).toBe(false);
    expect(ENGINE_ANSWERS.sample({ ...sample, pixels: shorter(sample!.pixels) })).toBe(false);
    expect(ENGINE_ANSWERS.synapses({ ...synapses, values: shorter(synapses!.values) })).toBe(false);
  });
});

test('the Lab’s answers are taken, and nothing less', async () => {
  const { client } = fakeLab();
  const asked = [
    { type: 'open', base: 'http://localhost/' },
    { type: 'pull', have: 0 },
    { type: 'remove', experiment: 'table-1' },
    { type: 'restore' },
    { type: 'stop' },
  ] as const;
  for (const request of asked) {
    const value: unknown = await client.request(request);
    expect(LAB_ANSWERS[request.type](value), request.type).toBe(true);
    expect(spoilt(value).filter((one) => LAB_ANSWERS[request.type](one))).toEqual([]);
  }
});

test('the hall’s answers are taken, and nothing less', async () => {
  const { client } = fakeHall(counting({}).programs);
  const opening = { type: 'open', slot: 0, exhibit: 'free-energy', values: {}, seed: 3, base: 'http://test/', backend: 'auto' } as const; // prettier-ignore
  expect(EXHIBITS_ANSWERS.open(await client.request(opening))).toBe(true);
  const told = await client.request({ type: 'pull', slots: [{ slot: 0, have: 0 }] });
  expect(EXHIBITS_ANSWERS.pull(told)).toBe(true);
  const [slot] = told.slots;
  for (const other of spoilt(slot)) expect(EXHIBITS_ANSWERS.pull({ slots: [other] })).toBe(false);
});
