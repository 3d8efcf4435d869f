import { NgcError } from '../shared/errors.ts';
import { nextTask } from '../shared/nextTask.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import { CATALOGUE } from './catalogue.ts';
import { HEIGHT, PIXELS, WIDTH, createSplit } from './dataset.ts';
import type { Dataset, Split } from './dataset.ts';
import { writeDigit } from './digitPen.ts';
import type { LoadProgress } from './load.ts';

/*
 * The built-in dataset: digits written by a seeded pen, there without any download. Picture i of a split depends on
 * (seed, split, i) only, so any part can be drawn alone and a longer set begins like a shorter one.
 */

const SYNTHETIC_TRAIN = 10_000;
const SYNTHETIC_TEST = 1_000;
const CLASSES = 10;
const CHUNK = 250;
/** Keeps the test pictures' random numbers apart from the training pictures'. */
const STREAM = { train: 101, test: 102 } as const;

interface SyntheticOptions {
  readonly seed?: number;
  readonly trainCount?: number;
  readonly testCount?: number;
}

/**
 * Draws `count` digits in steps: yields how many are done after every 250, returns the split. Classes are drawn in
 * shuffled tens, so every run of 10·k pictures from the start has each digit k times.
 */
export function* drawDigits(
  seed: number,
  count: number,
  stream: 'train' | 'test' = 'train',
): Generator<number, Split> {
  const base = deriveSeed(seed, STREAM[stream]);
  const pixels = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  const ten = new Uint8Array(CLASSES);
  for (let i = 0; i < count; i++) {
    const rng = createRng(deriveSeed(base, i));
    if (i % CLASSES === 0) shuffleTen(ten, deriveSeed(base ^ 0x5bd1e995, i));
    labels[i] = ten[i % CLASSES]!;
    writeDigit(labels[i]!, rng, pixels.subarray(i * PIXELS, (i + 1) * PIXELS));
    if ((i + 1) % CHUNK === 0) yield i + 1;
  }
  return createSplit(pixels, labels, 'synthetic digits');
}

/** The set that was drawn last: who asks for it again does not wait again. */
let drawn: { readonly key: string; readonly dataset: Dataset } | null = null;

/**
 * The whole dataset (about a second for the standard size), drawn in steps of 250 pictures: between them it reports progress and waits for `pause` (by default
 * a macrotask, so that messages get through). It is the same object where the same was drawn last.
 * @throws NgcError('cancelled') when `signal` is aborted.
 */
export async function loadSynthetic(
  options: SyntheticOptions & {
    readonly onProgress?: (progress: LoadProgress) => void;
    readonly signal?: AbortSignal;
    readonly pause?: () => Promise<void>;
  } = {},
): Promise<Dataset> {
  const { seed = 1, trainCount = SYNTHETIC_TRAIN, testCount = SYNTHETIC_TEST } = options;
  const key = [seed, trainCount, testCount].join();
  if (drawn?.key === key) return drawn.dataset;
  const pause = options.pause ?? nextTask;
  const draw = async (steps: Generator<number, Split>, before: number) => {
    for (;;) {
      if (options.signal?.aborted)
        throw new NgcError('cancelled', 'Drawing the synthetic digits was cancelled.');
      const step = steps.next();
      if (step.done) return step.value;
      const fraction = (before + step.value) / (trainCount + testCount);
      options.onProgress?.({ label: 'Drawing digits', fraction });
      await pause();
    }
  };
  const train = await draw(drawDigits(seed, trainCount), 0);
  const test = await draw(drawDigits(seed, testCount, 'test'), trainCount);
  const dataset = describe(seed, train, test);
  drawn = { key, dataset };
  return dataset;
}

function describe(seed: number, train: Split, test: Split): Dataset {
  const { id, title, classNames } = CATALOGUE.synthetic;
  const source = `built in, seed ${seed}`;
  return { id, title, width: WIDTH, height: HEIGHT, classNames, train, test, source, notices: [] };
}

function shuffleTen(ten: Uint8Array, seed: number): void {
  const rng = createRng(seed);
  for (let i = 0; i < CLASSES; i++) ten[i] = i;
  for (let i = CLASSES - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const held = ten[i]!;
    ten[i] = ten[j]!;
    ten[j] = held;
  }
}
