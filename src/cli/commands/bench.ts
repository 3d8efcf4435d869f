import { availableParallelism, cpus } from 'node:os';

import { runBench, BENCH_ROWS } from '../../runtime/bench/bench.ts';
import { runScaling } from '../../runtime/bench/scaling.ts';
import { scalingTables } from '../../runtime/bench/scalingTable.ts';
import { benchTable } from '../../runtime/bench/table.ts';
import type { Backend, BackendName } from '../../runtime/backends.ts';
import { NgcError, messageOf } from '../../shared/errors.ts';
import { startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { choice, flag, whole, wholes } from '../options.ts';
import { Progress, breathe } from '../progress.ts';
import { listenForStop } from '../signals.ts';

const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;

/** Starts what there is; says what there is not. */
async function startAll(
  asked: BackendName | undefined,
  workers: number | undefined,
  say: (line: string) => void,
): Promise<Backend[]> {
  const started: Backend[] = [];
  for (const name of asked ? [asked] : BACKENDS)
    try {
      started.push(await startNumerics(name, workers));
    } catch (error) {
      if (asked || !(error instanceof NgcError)) throw error;
      say(`${name} is left out: ${messageOf(error)}`);
    }
  return started;
}

/** Milliseconds that processors have worked for this process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const machine = () => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  node: process.version,
});

/** Prints tables under a line about the machine, or what JSON tells. */
function print(told: string | object): void {
  const { processor, cores, node } = machine();
  process.stdout.write(
    typeof told === 'string'
      ? `${processor}, ${cores} cores, Node ${node}\n\n${told}\n`
      : `${JSON.stringify(told, null, 2)}\n`,
  );
}

export const bench = defineCommand({
  name: 'bench',
  summary: 'times settling and learning on every backend there is, in one run.',
  options: {
    backend: choice('B', 'Only this backend; default: all there are.', BACKENDS),
    rows: wholes('N,…', `Batch sizes; default: ${BENCH_ROWS.join(',')}.`, 1, 10000),
    json: flag('Prints JSON instead of the table.'),
    scaling: flag(
      'Measures instead how time and memory grow with neurons, layers, rows and images, on wasm in one thread.',
    ),
    largest: whole('N', 'With --scaling: nothing larger.', 1, 1_000_000),
    busy: flag('Counts what the processor gave, not time that passed: ways in one thread, on a machine that does other things too.'), // prettier-ignore
  },
  notes: [
    'All ways of computing take turns, so that what else the machine does meets them alike. Times are medians, with the least and the most. The network is gncn-pdh, 784-360-360-360, T = 50.',
    'The ceiling is what the same matrix products take by themselves, by the fastest means at hand. "~" marks a batch composed of 50 steps and one update; others were timed whole.',
  ],
  async run({ backend, rows, json, busy, scaling, largest }) {
    const stop = listenForStop();
    const progress = new Progress(json);
    const onProgress = async (label: string, fraction: number) => {
      progress.show(fraction, () => label);
      await breathe();
      stop.check();
    };
    const clock = busy ? processorTime : () => performance.now();
    if (scaling) {
      const { executor, close } = await startNumerics('wasm', 1);
      const series = await runScaling(executor, { largest, clock, onProgress });
      progress.clear();
      close();
      print(json ? { machine: machine(), series } : scalingTables(series));
      return;
    }
    const backends = await startAll(backend, busy ? 1 : undefined, (line) => progress.note(line));
    const results = await runBench(backends, {
      ...{ rows, clock, onProgress },
    });
    progress.clear();
    for (const { close } of backends) close();
    print(json ? { machine: machine(), results } : benchTable(results));
  },
});
