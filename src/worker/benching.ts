import * as tf from '@tensorflow/tfjs-core';

import type { BenchReport } from '../protocol/reports.ts';
import { probeAdapter } from '../runtime/adapter.ts';
import type { Backend, BackendName } from '../runtime/backends.ts';
import { startBackend } from '../runtime/backends.ts';
import type { Host } from '../runtime/host.ts';
import { BENCH_ROWS, runBench } from '../runtime/bench/bench.ts';
import { messageOf, NgcError } from '../shared/errors.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';

/** The backends a page times: what runs now, WASM, and WebGPU where it is more than software. */
async function startAll(
  current: Backend,
  host: Host,
): Promise<{ backends: Backend[]; notes: string[] }> {
  const backends: Backend[] = [];
  const notes: string[] = [];
  for (const name of ['webgpu', 'wasm'] as const satisfies readonly BackendName[]) {
    if (name === current.name) {
      backends.push(current);
      continue;
    }
    if (name === 'webgpu') {
      const probe = await probeAdapter(host);
      if (probe.kind !== 'real' && probe.kind !== 'unsure') {
        const why = 'why' in probe ? probe.why : `${probe.name} is software`;
        notes.push(`webgpu is left out: ${why}.`);
        continue;
      }
    }
    try {
      backends.push(await startBackend(name, host));
    } catch (error) {
      if (!(error instanceof NgcError)) throw error;
      notes.push(`${name} is left out: ${messageOf(error)}`);
    }
  }
  if (current.name === 'cpu') backends.push(current);
  return { backends, notes };
}

/** Times every way of computing there is in this browser; cancellable, with progress. */
export function bench(current: Backend, host: Host, task: Task): Promise<BenchReport> {
  return task.run('benchmark', 'Benchmark', async (signal) => {
    const { backends, notes } = await startAll(current, host);
    try {
      const results = await runBench(backends, {
        rows: BENCH_ROWS,
        async onProgress(label, fraction) {
          task.report(label, fraction);
          await yieldToMessages();
          if (signal.aborted) throw new NgcError('cancelled', 'The benchmark was cancelled.');
        },
      });
      return { results, notes };
    } finally {
      for (const backend of backends) if (backend !== current) backend.close();
      await tf.setBackend(current.name);
    }
  });
}
