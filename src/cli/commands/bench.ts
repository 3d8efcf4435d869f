import { availableParallelism, cpus } from 'node:os';

import { runBench, BENCH_ROWS } from '../../runtime/bench/bench.ts';
import { benchTable } from '../../runtime/bench/table.ts';
import type { Backend, BackendName } from '../../runtime/backends.ts';
import { NgcError, messageOf } from '../../shared/errors.ts';
import { startNumerics } from '../backend.ts';
import { defineCommand } from '../command.ts';
import { choice, flag, wholes } from '../options.ts';
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

export const bench = defineCommand({
  name: 'bench',
  summary: 'times settling and learning on every backend there is, in one run.',
  options: {
    backend: choice('B', 'Only this backend; default: all there are.', BACKENDS),
    rows: wholes('N,…', `Batch sizes; default: ${BENCH_ROWS.join(',')}.`, 1, 10000),
    json: flag('Prints JSON instead of the table.'),
    busy: flag('Counts what the processor gave, not time that passed: ways in one thread, on a machine that does other things too.'), // prettier-ignore
  },
  notes: [
    'All ways of computing take turns, so that what else the machine does meets them alike. Times are medians, with the least and the most. The network is gncn-pdh, 784-360-360-360, T = 50.',
    'The ceiling is what the same matrix products take by themselves, by the fastest means at hand. "~" marks a batch composed of 50 steps and one update; others were timed whole.',
  ],
  async run({ backend, rows, json, busy }) {
    const stop = listenForStop();
    const progress = new Progress(json);
    const backends = await startAll(backend, busy ? 1 : undefined, (line) => progress.note(line));
    const results = await runBench(backends, {
      rows,
      ...(busy && { clock: processorTime }),
      async onProgress(label, fraction) {
        progress.show(fraction, () => label);
        await breathe();
        stop.check();
      },
    });
    progress.clear();
    for (const { close } of backends) close();
    const machine = {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      node: process.version,
    };
    process.stdout.write(
      json
        ? `${JSON.stringify({ machine, results }, null, 2)}\n`
        : `${machine.processor}, ${machine.cores} cores, Node ${machine.node}\n\n${benchTable(results)}\n`,
    );
  },
});
