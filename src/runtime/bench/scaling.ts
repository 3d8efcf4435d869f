import * as tf from '@tensorflow/tfjs-core';

import { parseConfig } from '../../ngc/config/parse.ts';
import type { ModelConfig } from '../../ngc/config/settings.ts';
import { Model } from '../../ngc/model.ts';
import type { Executor, Settling } from '../../ngc/settling.ts';
import { createRng } from '../../shared/rng.ts';
import { OwnSettling } from '../../wasm/settling.ts';
import { stepOperations } from './work.ts';

/*
 * How time and memory grow: one thing at a time becomes larger, and what it costs is set against the work that is counted from the
 * shapes. The power of growth is a straight line's slope through the logarithms.
 */

/** What it costs at one size; memory is that of the kernels' heap, null where they do not compute. */
export interface ScalingPoint {
  readonly size: number;
  /** Milliseconds of a settling step, and of a weight update; of a whole stream where images grow. */
  readonly step: number;
  readonly update: number | null;
  readonly bytes: number | null;
  /** Floating-point operations of the products that `step` times. */
  readonly operations: number;
}

/** One thing that grows. */
export interface ScalingSeries {
  readonly axis: ScalingAxis;
  /** What is measured, for people. */
  readonly what: string;
  readonly points: readonly ScalingPoint[];
}

export const SCALING_AXES = ['neurons', 'layers', 'rows', 'images'] as const;
export type ScalingAxis = (typeof SCALING_AXES)[number];

interface Axis {
  readonly what: string;
  readonly sizes: readonly number[];
  readonly of: (size: number) => { readonly config: ModelConfig; readonly rows: number };
}

const SMALL = { optimizer: 'sgd', learningRate: 1e-6, variant: 'gncn-pdh' } as const;
const networkOf = (sizes: readonly number[], precision: 'inverse' | 'none' = 'inverse') =>
  parseConfig({ ...SMALL, sizes, precision });

const AXES: Readonly<Record<Exclude<ScalingAxis, 'images'>, Axis>> = {
  neurons: {
    what: '784–n–n without precisions, 32 images',
    sizes: [128, 256, 512, 1024, 2048, 4096],
    of: (n) => ({ config: networkOf([784, n, n], 'none'), rows: 32 }),
  },
  layers: {
    what: '784, then n layers of 360, 32 images',
    sizes: [2, 3, 4, 6, 8],
    of: (n) => ({ config: networkOf([784, ...Array<number>(n).fill(360)]), rows: 32 }),
  },
  rows: {
    what: '784–360–360–360, n images',
    sizes: [1, 2, 8, 32, 128, 500, 2000],
    of: (n) => ({ config: networkOf([784, 360, 360, 360]), rows: n }),
  },
};

/** A small network learns from n images, five steps each, in batches of a thousand that are made as they are wanted. */
const STREAM = {
  what: '64–32–32, n images streamed in batches of 1000, five steps and an update each',
  sizes: [1000, 10_000, 100_000, 1_000_000],
  config: networkOf([64, 32, 32]),
  batch: 1000,
  steps: 5,
};

interface ScalingOptions {
  readonly axes?: readonly ScalingAxis[] | undefined;
  /** Nothing larger is measured. */
  readonly largest?: number | undefined;
  readonly clock: () => number;
  onProgress?: (label: string, fraction: number) => void | Promise<void>;
}

/** What is timed is done so many times; the least counts, since whatever else the machine does only adds to it. */
const ROUNDS = 3;
/** A sample lasts about so long. */
const SAMPLE_MS = 100;

const imagesOf = (rows: number, pixels: number, seed: number) => {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * pixels }, () => Number(rng.uniform() < 0.2));
  return tf.tensor2d(values, [rows, pixels]);
};

const bytesOf = (settling: Settling) => (settling instanceof OwnSettling ? settling.bytes : null);

async function pointAt(
  executor: Executor,
  clock: () => number,
  size: number,
  { config, rows }: ReturnType<Axis['of']>,
): Promise<ScalingPoint> {
  const model = await Model.create(config, 1);
  const x = imagesOf(rows, config.sizes[0]!, 7);
  const settling = await executor.begin(model, x);
  const timed = async (work: () => Promise<unknown>) => {
    const from = clock();
    await work();
    return clock() - from;
  };
  try {
    await settling.advance(3);
    const first = await timed(() => settling.advance(1));
    const count = Math.min(50, Math.max(1, Math.round(SAMPLE_MS / first)));
    await settling.learn();
    const bytes = bytesOf(settling);
    const [steps, updates]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      steps.push((await timed(() => settling.advance(count))) / count);
      updates.push(await timed(() => settling.learn()));
      // What has been learnt is packed again, which is no part of a step.
      await settling.advance(1);
    }
    const least = (times: readonly number[]) => Math.min(...times);
    const operations = stepOperations(config, rows);
    return { size, step: least(steps), update: least(updates), bytes, operations };
  } finally {
    settling.dispose();
    x.dispose();
    model.dispose();
  }
}

async function streamOf(
  executor: Executor,
  clock: () => number,
  images: number,
): Promise<ScalingPoint> {
  const { config, batch, steps } = STREAM;
  const model = await Model.create(config, 1);
  const count = Math.ceil(images / batch);
  let bytes: number | null = null;
  const from = clock();
  for (let i = 0; i < count; i++) {
    const x = imagesOf(Math.min(batch, images - i * batch), config.sizes[0]!, i);
    const settling = await executor.begin(model, x);
    await settling.advance(steps);
    await settling.learn();
    bytes = bytesOf(settling);
    settling.dispose();
    x.dispose();
  }
  const step = clock() - from;
  model.dispose();
  const operations = steps * stepOperations(config, images);
  return { size: images, step, update: null, bytes, operations };
}

/** Measures how settling and learning grow. What `onProgress` throws ends it. */
export async function runScaling(
  executor: Executor,
  { axes = SCALING_AXES, largest = Infinity, clock, onProgress }: ScalingOptions,
): Promise<ScalingSeries[]> {
  const series: ScalingSeries[] = [];
  for (const [k, axis] of axes.entries()) {
    const { what, sizes } = axis === 'images' ? STREAM : AXES[axis];
    const wanted = sizes.filter((size) => size <= largest);
    const points: ScalingPoint[] = [];
    for (const [i, size] of wanted.entries()) {
      await onProgress?.(`${size} ${axis}`, (k + i / wanted.length) / axes.length);
      points.push(
        axis === 'images'
          ? await streamOf(executor, clock, size)
          : await pointAt(executor, clock, size, AXES[axis].of(size)),
      );
    }
    series.push({ axis, what, points });
  }
  return series;
}

/** The power p of y ∝ xᵖ that fits best, by least squares through the logarithms; null of fewer than two points. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number | null {
  if (points.length < 2) return null;
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (k: 0 | 1) => logs.reduce((sum, log) => sum + log[k], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const along = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / along;
}
