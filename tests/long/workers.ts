import { readdirSync, readFileSync } from 'node:fs';

import * as tf from '@tensorflow/tfjs-core';

import { startNumerics } from '../../src/cli/backend.ts';
import { Model } from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { pageConfig } from '../../src/runtime/recipes.ts';
import { createRng } from '../../src/shared/rng.ts';

/*
 * How much faster two workers learn than one thread, batches by turns in one run; and what a machine that does nothing else would let
 * them gain: the longest chain of what the processor gave (owner, then the member that took longest) against what it gave one thread.
 * Linux only: the time of each thread is read from /proc.
 *
 *   npx tsx tests/long/workers.ts [--rows 100] [--steps 10] [--batches 20] [--workers 2]
 */

const option = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};
const ROWS = option('rows', 100);
const STEPS = option('steps', 10);
const BATCHES = option('batches', 20);
const WARM_UP = 5;

/** Milliseconds that the processor gave each thread so far, by its number. */
function threadTimes(): Map<string, number> {
  const read = (thread: string): [string, number] => {
    const [nanoseconds] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ');
    return [thread, Number(nanoseconds) / 1e6];
  };
  return new Map(readdirSync('/proc/self/task').map(read));
}

/** A way to learn, and what its batches took. */
class Lane {
  readonly passed: number[] = [];
  readonly given: number[] = [];

  constructor(
    readonly executor: Executor,
    private readonly model: Model,
    private readonly x: tf.Tensor2D,
  ) {}

  async batch(): Promise<void> {
    const settling = await this.executor.begin(this.model, this.x);
    await settling.advance(STEPS);
    await settling.learn();
    settling.dispose();
  }

  async measured(): Promise<void> {
    const [before, from] = [threadTimes(), performance.now()];
    await this.batch();
    this.passed.push(performance.now() - from);
    const spent = [...threadTimes()].map(([thread, time]) => ({
      owner: thread === String(process.pid),
      time: time - (before.get(thread) ?? 0),
    }));
    const most = (owner: boolean) =>
      Math.max(0, ...spent.filter((one) => one.owner === owner).map(({ time }) => time));
    this.given.push(most(true) + most(false));
  }
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[values.length >> 1]!;
const said = (values: readonly number[]) =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

const backend = await startNumerics('wasm', option('workers', 2));
const rng = createRng(7);
const pixels = Float32Array.from({ length: 784 * ROWS }, () => Number(rng.uniform() < 0.2));
const x = tf.tensor2d(pixels, [ROWS, 784]);
const config = pageConfig('gncn-pdh', { batch: ROWS });
const of = async (executor: Executor) => new Lane(executor, await Model.create(config, 1), x);
const [many, one] = [await of(backend.ways[0]!), await of(backend.ways[1]!)];
for (const lane of [many, one]) for (let i = 0; i < WARM_UP; i++) await lane.batch();
for (let i = 0; i < BATCHES; i++) for (const lane of [many, one]) await lane.measured();
process.stdout.write(`${backend.adapter}; ${ROWS} images, ${STEPS} steps\n`);
for (const { executor, passed, given } of [many, one])
  process.stdout.write(`${executor.title}: ${said(passed)} ms a batch, longest chain ${said(given)} ms\n`); // prettier-ignore
const ratios = (of: (lane: Lane) => number[]) => of(many).map((time, i) => of(one)[i]! / time);
process.stdout.write(
  `times as fast: ${said(ratios(({ passed }) => passed))} by the clock, ${said(ratios(({ given }) => given))} by the longest chain\n`,
);
backend.close();
process.exit(0);
