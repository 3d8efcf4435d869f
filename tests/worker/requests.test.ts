import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { RequestType } from '../../src/protocol/messages.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { Session } from '../../src/worker/session.ts';
import { blank, GOOD, NO_LESIONS, PIXELS } from '../helpers/requests.ts';

/*
 * The worker's door: whatever comes in is answered at once, by a value or by a sentence, and what was refused leaves
 * nothing behind.
 */
let session: Session;

const TYPES = Object.keys(GOOD) as RequestType[];

const replaced = <T extends Float32Array | Uint8Array>(array: T, at: number, value: number) => {
  array[at] = value;
  return array;
};
const lesions = (change: object) => ({ lesions: { ...NO_LESIONS, ...change } });

/** What is wrong, and what the sentence must name. */
const BAD: readonly (readonly [string, unknown, RegExp])[] = [
  ['nothing', undefined, /request/],
  ['null', null, /request/],
  ['a list', [], /request/],
  ['no type', {}, /type/],
  ['an unknown type', { type: 'explode' }, /"explode"/],
  ['a name every object has', { type: 'constructor' }, /"constructor"/],
  ['a type that is no text', { type: 7 }, /type/],
  ['a field too many', { type: 'pause', now: true }, /now/],
  ['a field that is missing', { type: 'fields' }, /layer/],
  ['a seed below 0', { type: 'reseed', seed: -1 }, /seed/],
  ['a seed that is no number', { type: 'reseed', seed: '1' }, /seed/],
  ['a seed that is not whole', { type: 'sample', count: 1, seed: 0.5 }, /seed/],
  ['a Gaussian that cannot be', { type: 'sample', count: 1, seed: 1, component: -1 }, /component/],
  ['a temperature below 0', { type: 'sample', count: 1, seed: 1, temperature: -1 }, /temperature/],
  ['a prior of no Gaussians', { type: 'prior', form: { covariance: 'full', components: 0 } }, /components/], // prettier-ignore
  ['an unknown covariance', { type: 'prior', form: { covariance: 'round', components: 3 } }, /covariance/], // prettier-ignore
  [
    'an unknown projection',
    { type: 'latentMap', projection: 'tsne', images: 4 },
    /projection.*pca, umap/,
  ],
  ['a walk of one step', { type: 'walk', from: blank(), to: blank(), count: 1 }, /count/],
  ['a code that is no number', { type: 'decode', values: Float32Array.of(NaN) }, /values/],
  ['absurdly many samples', { type: 'sample', count: 1e9, seed: 1 }, /count/],
  ['a model nobody has', { ...GOOD.selectModel, type: 'selectModel', variant: 'x' }, /variant/],
  ['settings that are none', { type: 'changeSettings', settings: 7 }, /settings/],
  ['bytes that are none', { type: 'openModel', bytes: 'abc', name: 'a' }, /bytes/],
  ['a name that is none', { type: 'openModel', bytes: new ArrayBuffer(1), name: 3 }, /name/],
  [
    'half an epoch',
    { type: 'setStop', rule: { epochs: 0.5, minutes: null, bce: null, patience: null } },
    /epochs/,
  ],
  ['a condition that is none', { type: 'setStop', rule: { luck: 1 } }, /luck/],
  ['an unknown set', { type: 'selectDataset', dataset: 'imagenet' }, /dataset/],
  ['files that are none', { type: 'stageImages', files: [{ name: 'a' }] }, /files/],
  ['files that are no list', { type: 'stageImages', files: { length: 1 } }, /files/],
  [
    'a threshold beyond white',
    { type: 'lookAtImages', staged: 1, change: { threshold: 2, invert: true, centre: true } },
    /threshold/,
  ],
  ['a drawing that is a path', { type: 'removeDrawing', id: '../x' }, /id/],
  ['a mirror of what is built in', { type: 'allowMirrors', datasets: ['synthetic'] }, /built in/],
  ['a set that is built in', { type: 'keepDataset', dataset: 'synthetic' }, /built in/],
  ['a label that is none', { type: 'example', label: NaN }, /label/],
  ['pixels of a list', { type: 'setInput', pixels: [...blank()], mask: null }, /pixels/],
  ['too few pixels', { type: 'setInput', pixels: new Float32Array(783), mask: null }, /784/],
  [
    'a pixel that is no number',
    { type: 'setInput', pixels: replaced(blank(), 7, NaN), mask: null },
    /pixels\[7\].*NaN/,
  ],
  [
    'a pixel above 1',
    { type: 'liveInput', pixels: replaced(blank(), 7, 2), mask: null },
    /pixels\[7\]/,
  ],
  ['a mask of a length only', { type: 'setInput', pixels: blank(), mask: { length: 1e9 } }, /mask/],
  ['no mask', { type: 'setInput', pixels: blank() }, /mask/],
  ['no number', { type: 'setInput', pixels: blank(), mask: null }, /input/],
  ['a number below 0', { type: 'liveInput', pixels: blank(), mask: null, input: -1 }, /input.*-1/],
  [
    'a mask that is not 0 or 1',
    { type: 'liveInput', pixels: blank(), mask: replaced(new Uint8Array(PIXELS), 3, 2) },
    /mask\[3\]/,
  ],
  ['settling with a wish', { type: 'settle', goOn: true }, /goOn/],
  ['a completion that there is not', { type: 'setCompletion', how: 'dreamt' }, /how.*silent, eq19/],
  ['lesions that are none', { type: 'setLesions', lesions: null }, /lesions/],
  ['a lesion that is no yes or no', { type: 'setLesions', ...lesions({ leak: 1 }) }, /leak/],
  ['layers that are no list', { type: 'setLesions', ...lesions({ layers: 'all' }) }, /layers/],
  ['a unit that is none', { type: 'setLesions', ...lesions({ units: [3] }) }, /units\[0\]/],
  ['a step of nothing', { type: 'settlingStep', of: 'everything' }, /of/],
  ['a speed of 0', { type: 'setSpeed', stepsPerSecond: 0 }, /stepsPerSecond/],
  ['a speed that is no number', { type: 'setSpeed', stepsPerSecond: NaN }, /stepsPerSecond/],
  ['a layer in words', { type: 'neuron', layer: 'top', index: 0 }, /layer/],
  ['a matrix without a name', { type: 'synapses', name: ['W1'] }, /name/],
  ['a matrix with a very long name', { type: 'synapses', name: 'W'.repeat(1e6) }, /name/],
  ['a pull that knows nothing', { type: 'pull' }, /have/],
  [
    'a pull that asks for less than nothing',
    { type: 'pull', have: { episode: 0, frames: -Infinity, run: 0, points: 0 } },
    /frames/,
  ],
];

beforeAll(async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  session = new Session();
  await session.handle({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await chooseSmall();
});
afterAll(() => session.handle({ type: 'pause' }));

/** A network of two small layers, that is settled and taught at once. */
async function chooseSmall(): Promise<void> {
  const settings = { sizes: [784, 6, 6], steps: 2, batch: 10 };
  await session.handle({ ...GOOD.selectModel, type: 'selectModel', settings });
}

/** Refused: by whom the sentence is. */
async function refusal(request: unknown): Promise<NgcError> {
  const thrown: unknown = await session.handle(request).then(
    () => new Error('it was answered'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof NgcError)) throw thrown;
  return thrown;
}

describe('a malformed request', () => {
  test.each(BAD)('%s is refused in a sentence', async (_, request, sentence) => {
    const tensors = tf.memory().numTensors;
    const startedAt = performance.now();
    const { kind, message } = await refusal(request);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(kind).toBe('usage');
    expect(message).toMatch(sentence);
    expect(message).toMatch(/^[^\p{Cc}]{1,400}\.$/u);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('sizes that no machine can hold are refused at once, as settings are', async () => {
    const tensors = tf.memory().numTensors;
    const sizes = [PIXELS, ...Array.from({ length: 16 }, () => 8000)];
    const startedAt = performance.now();
    const { kind, message } = await refusal({ type: 'changeSettings', settings: { sizes } });
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(kind).toBe('config');
    expect(message).toMatch(/sizes/);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test.each([
    ['sizes', { sizes: [PIXELS, 7900, 7900] }, /sizes: .* 268,\d{3},\d{3} numbers, and a page makes 32,000,000/], // prettier-ignore
    ['batch', { batch: 10_000, sizes: [PIXELS, 2000] }, /batch: a page settles at most 7,183 images/], // prettier-ignore
  ])(
    '%s that would silence a page are refused before anything is made',
    async (_, settings, why) => {
      const tensors = tf.memory().numTensors;
      const startedAt = performance.now();
      for (const request of [
      { type: 'changeSettings', settings },
      { ...GOOD.selectModel, type: 'selectModel', settings },
    ])
      expect(await refusal(request)).toMatchObject({ kind: 'config', message: expect.stringMatching(why) as string }); // prettier-ignore
      expect(performance.now() - startedAt).toBeLessThan(500);
      expect(tf.memory().numTensors).toBe(tensors);
    },
  );

  test.each(TYPES)('%s with something too many is refused', async (type) => {
    expect((await refusal({ ...GOOD[type], type, surplus: 1 })).message).toMatch(/surplus/);
  });

  test('of any kind: thousands of them, at once, with no tensors left behind', async () => {
    const value = fc.oneof(
      fc.anything({ withTypedArray: true, withNullPrototype: true, withSparseArray: true }),
      fc.constantFrom(Symbol('a symbol'), { length: 1e9 }, () => 1, -1, NaN, new Date()),
    );
    const broken = fc
      .constantFrom(...TYPES)
      .chain((type) =>
        fc.tuple(fc.constant(type), fc.constantFrom('surplus', ...Object.keys(GOOD[type])), value),
      );
    let refused = 0;
    const startedAt = performance.now();
    await fc.assert(
      fc.asyncProperty(broken, async ([type, field, any]) => {
        const tensors = tf.memory().numTensors;
        try {
          await session.handle({ ...GOOD[type], type, [field]: any });
        } catch (error) {
          expect(error).toBeInstanceOf(NgcError);
          expect(tf.memory().numTensors).toBe(tensors);
          refused++;
          return;
        }
        // A few of them are right by chance: what they set going is stopped.
        await session.handle({ type: 'pause' });
      }),
      { numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(4500);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  test('whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (request) => {
        expect((await refusal(request)).kind).toBe('usage');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a request that may be refused later', () => {
  const whole = fc.integer({ min: 0, max: 20 });
  const lesion = fc.record({
    ...{ lateral: fc.boolean(), precision: fc.boolean(), errorSynapses: fc.boolean() },
    ...{ leak: fc.boolean(), topDown: fc.boolean() },
    layers: fc.array(whole, { maxLength: 3 }),
    units: fc.array(fc.record({ layer: whole, index: whole }), { maxLength: 3 }),
  });
  const cell = fc.constantFrom(0, 0.3, 1);
  const drawing = {
    pixels: cell.map((value) => blank().fill(value)),
    mask: fc.option(cell.map((value) => new Uint8Array(PIXELS).fill(value))),
    input: whole,
  };
  const request = fc.oneof(
    fc.record({ type: fc.constant('setInput'), ...drawing }),
    fc.record({ type: fc.constant('liveInput'), ...drawing }),
    fc.record({ type: fc.constant('setCompletion'), how: fc.constantFrom('silent', 'eq19') }),
    fc.record({ type: fc.constant('setLesions'), lesions: lesion }),
    fc.record({
      type: fc.constantFrom('settlingStep', 'weightUpdate'),
      of: fc.constantFrom('input', 'training'),
    }),
    fc.record({ type: fc.constant('fields'), layer: whole }),
    fc.record({ type: fc.constant('neuron'), layer: whole, index: whole }),
    fc.record({ type: fc.constant('synapses'), name: fc.string({ maxLength: 4 }) }),
    fc.record({ type: fc.constant('synapses'), name: fc.stringMatching(/^[WMEPV]\d$/) }),
    fc.record({
      type: fc.constant('changeSettings'),
      settings: fc.dictionary(
        fc.constantFrom('beta', 'leak', 'sizes', 'groups', 'steps', 'nonsense', '__proto__'),
        fc.oneof(fc.double(), fc.string(), fc.constant([784, 4, 4]), fc.anything()),
      ),
    }),
    fc.record({
      type: fc.constant('openModel'),
      bytes: fc.uint8Array().map((bytes) => bytes.slice().buffer),
      name: fc.string(),
    }),
    fc.record({
      type: fc.constant('stageImages'),
      files: fc.array(
        fc
          .tuple(fc.uint8Array(), fc.string())
          .map(([bytes, name]) => new File([bytes.slice()], name)),
        { maxLength: 3 },
      ),
    }),
    fc.constant({ ...GOOD.settleBeside, type: 'settleBeside' }),
    fc.record({ type: fc.constant('undoUpdates'), all: fc.boolean() }),
    fc.constant({ ...GOOD.surpriseScale, type: 'surpriseScale' }),
    fc.constantFrom(
      ...(['startTraining', 'rewind', 'saveModel'] as const).map((type) => ({
        type,
      })),
      ...(['pause', 'cancel', 'example'] as const).map((type) => ({ type })),
    ),
  );

  test('is answered, or refused in a sentence that is no bug; nothing is left behind', async () => {
    const settle = async () => {
      await session.handle({ type: 'pause' });
      await session.handle({ type: 'setLesions', lesions: NO_LESIONS });
      await session.handle({ ...GOOD.setInput, type: 'setInput' });
      // What has learnt is put aside: one such network is always left, whatever came before.
      await session.handle({ type: 'weightUpdate', of: 'input' });
      await session.handle({ type: 'rewind' });
    };
    // Requests of other tests that were right by chance may have left another one, of other layers.
    await chooseSmall();
    await settle();
    const { numTensors } = tf.memory();
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async (requests) => {
        const answers = await Promise.allSettled(requests.map((one) => session.handle(one)));
        for (const answer of answers)
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(NgcError);
        await settle();
        expect(tf.memory().numTensors).toBe(numTensors);
      }),
      { numRuns: 150 },
    );
    // No measure of speed: 150 walks, each with a weight update and up to eight requests, beside the other tests.
  }, 180_000);
});
