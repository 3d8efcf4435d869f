import * as tf from '@tensorflow/tfjs-core';

import type { BenchResult, Spread } from '../../shared/bench.ts';
import type { Backend } from '../backends.ts';
import type { Contender } from './contenders.ts';
import { contendersOf } from './contenders.ts';
import type { Trial } from './trial.ts';
import { BENCH_CONFIG } from './trial.ts';
import { stepOperations } from './work.ts';

/** Batch sizes that are timed. */
export const BENCH_ROWS = [1, 32, 200, 1000] as const;

interface BenchOptions {
  readonly rows?: readonly number[] | undefined;
  onProgress?: ((label: string, fraction: number) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What is counted, in milliseconds; default: time that passes. */
  readonly clock?: Clock | undefined;
}

type Clock = () => number;

/** A way is left out at a batch size where one step takes longer than this. */
const SLOWEST_STEP_MS = 8000;
/** A sample lasts about so long, if T steps do. */
const SAMPLE_MS = 150;
const ROUNDS = 5;
/** Whole batches are timed where one lasts no longer. */
const LONGEST_BATCH_MS = 1500;

const spread = (samples: readonly number[]): Spread | null => {
  if (samples.length === 0) return null;
  const sorted = [...samples].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { median, low: sorted[0]!, high: sorted.at(-1)! };
};

/** A contender at one batch size, and what was measured of it so far. */
class Lane {
  readonly stepTimes: number[] = [];
  readonly learnTimes: number[] = [];
  readonly batchTimes: number[] = [];
  readonly scriptTimes: number[] = [];
  private count = 1;
  private first = Infinity;

  private constructor(
    readonly contender: Contender,
    readonly adapter: string,
    readonly rows: number,
    private readonly trial: Trial,
    private readonly clock: Clock,
  ) {}

  static async begin(
    contender: Contender,
    adapter: string,
    rows: number,
    clock: Clock,
  ): Promise<Lane> {
    await tf.setBackend(contender.backend);
    return new Lane(contender, adapter, rows, await contender.begin(rows), clock);
  }

  private async timed(work: () => Promise<unknown>): Promise<number> {
    const from = this.clock();
    await work();
    return this.clock() - from;
  }

  private async enter(): Promise<void> {
    await tf.setBackend(this.contender.backend);
    await this.trial.reset();
  }

  /** Compiles and warms up; chooses how many steps make a sample. */
  async warm(): Promise<void> {
    await this.enter();
    await this.trial.steps(1);
    this.first = await this.timed(() => this.trial.steps(1));
    if (this.tooSlow) return;
    const wanted = Math.floor(SAMPLE_MS / this.first);
    this.count = Math.min(Math.max(wanted, 1), BENCH_CONFIG.steps - 2);
    // As long as a sample: until then the browser may still compile.
    await this.trial.steps(this.count);
    if (this.first < 1000) await this.trial.learn?.();
  }

  get tooSlow(): boolean {
    return this.first > SLOWEST_STEP_MS;
  }

  /** Slow ways get fewer rounds. */
  takesPart(round: number): boolean {
    return !this.tooSlow && (round === 0 || this.first * (round + 1) < 4000);
  }

  async sample(): Promise<void> {
    await this.enter();
    this.stepTimes.push((await this.timed(() => this.trial.steps(this.count))) / this.count);
    if (this.trial.learn) this.learnTimes.push(await this.timed(this.trial.learn));
  }

  private get estimate(): number {
    const learn = spread(this.learnTimes);
    return BENCH_CONFIG.steps * spread(this.stepTimes)!.median + (learn?.median ?? 0);
  }

  /** A whole training batch, where that is affordable. */
  async sampleBatch(): Promise<void> {
    const { batch } = this.trial;
    if (!batch || this.tooSlow || this.estimate > LONGEST_BATCH_MS) return;
    await tf.setBackend(this.contender.backend);
    this.batchTimes.push(
      await this.timed(async () => {
        this.scriptTimes.push(await batch());
      }),
    );
  }

  result(ceiling: number | null): BenchResult {
    const { backend, way, bare } = this.contender;
    const { adapter, rows } = this;
    const step = spread(this.stepTimes);
    const whole = this.batchTimes.length > 0;
    const composed = step && this.trial.learn ? [this.estimate] : [];
    const batch = spread(whole ? this.batchTimes : composed);
    return {
      ...{ backend, adapter, way, bare, rows, step, batch, whole },
      gflops: step ? stepOperations(BENCH_CONFIG, rows) / step.median / 1e6 : null,
      ceiling: step && ceiling !== null ? ceiling / step.median : null,
      imagesPerSecond: batch ? (1000 * rows) / batch.median : null,
      scriptTime: spread(this.scriptTimes)?.median ?? null,
    };
  }

  async dispose(): Promise<void> {
    await tf.setBackend(this.contender.backend);
    this.trial.dispose();
  }
}

/** Times every way of every backend given, alternating, one batch size after the other. Stops with the signal's reason. */
export async function runBench(
  backends: readonly Backend[],
  { rows = BENCH_ROWS, onProgress, signal, clock = () => performance.now() }: BenchOptions = {},
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const [k, size] of rows.entries()) {
    const lanes: Lane[] = [];
    const tell = async (what: string, share: number) => {
      signal?.throwIfAborted();
      await onProgress?.(`${what}, ${size} images`, (k + share) / rows.length);
    };
    try {
      for (const backend of backends) {
        await tf.setBackend(backend.name);
        for (const contender of await contendersOf(backend)) {
          await tell(`${contender.backend} ${contender.way}`, 0);
          const lane = await Lane.begin(contender, backend.adapter, size, clock);
          lanes.push(lane);
          await lane.warm();
        }
      }
      for (let round = 0; round < ROUNDS; round++)
        for (const lane of lanes) {
          if (!lane.takesPart(round)) continue;
          await tell(`${lane.contender.backend} ${lane.contender.way}`, (round + 1) / (ROUNDS + 2));
          await lane.sample();
        }
      for (let round = 0; round < 3; round++)
        for (const lane of lanes) {
          await tell('Whole batches', (ROUNDS + 1) / (ROUNDS + 2));
          await lane.sampleBatch();
        }
      for (const lane of lanes) {
        const bare = lanes
          .filter(({ contender }) => contender.bare && contender.backend === lane.contender.backend)
          .flatMap(({ stepTimes }) => spread(stepTimes)?.median ?? []);
        results.push(lane.result(bare.length > 0 ? Math.min(...bare) : null));
      }
    } finally {
      for (const lane of lanes) await lane.dispose();
    }
  }
  return results;
}
