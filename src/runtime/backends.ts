import * as tf from '@tensorflow/tfjs-core';

import { opByOp } from '../engine/opByOp.ts';
import type { Executor } from '../engine/settling.ts';
import { NgcError } from '../shared/errors.ts';
import { probeAdapter } from './adapter.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** What was started, and why; `adapter` and `reason` are for people. */
export interface Backend {
  readonly name: BackendName;
  readonly adapter: string;
  readonly reason: string;
  /** What settles and learns on it. */
  readonly executor: Executor;
}

/** What differs between a browser's worker and Node: where the WASM files lie and who speaks WebGPU. */
export interface Host {
  /** Tells TensorFlow.js where its .wasm files are. */
  prepareWasm(): Promise<void>;
  /** The WebGPU entry point, or null where there is none. */
  gpu(): Promise<GPU | null>;
}

/** Makes wasm or cpu TensorFlow.js's backend. False where it does not start. */
async function setBackend(name: 'wasm' | 'cpu', host: Host): Promise<boolean> {
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  else {
    // Threads need cross-origin isolation and break in minified builds; one thread with SIMD is the sure way.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    await host.prepareWasm();
  }
  try {
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
    return tf.getBackend() === name;
  } catch {
    return false;
  }
}

async function startOnCpu(
  name: 'wasm' | 'cpu',
  reason: string,
  host: Host,
): Promise<Backend | null> {
  if (!(await setBackend(name, host))) return null;
  const adapter = name === 'wasm' ? 'SIMD, one thread' : 'plain JavaScript';
  return { name, adapter, reason, executor: opByOp };
}

/**
 * Starts the numerics: the asked-for backend, or with "auto" webgpu on a real adapter, wasm on none or a software
 * one, cpu as the last resort. Throws a backend error where the asked-for one cannot start.
 */
export async function startBackend(choice: BackendName | 'auto', host: Host): Promise<Backend> {
  if (choice === 'wasm' || choice === 'cpu') {
    const started = await startOnCpu(choice, 'Asked for.', host);
    if (started) return started;
    throw new NgcError('backend', `The ${choice} backend did not start. Choose another one.`);
  }
  const probe = await probeAdapter(host);
  let why: string;
  if (probe.kind === 'none') ({ why } = probe);
  else if (probe.kind === 'software' && choice === 'auto')
    why = `the only WebGPU adapter (${probe.name}) is software`;
  else {
    const { startWebGpu } = await import('./webgpu.ts');
    const executor = await startWebGpu(probe.adapter, probe.kind === 'software');
    const reason = choice === 'webgpu' ? 'Asked for.' : 'A graphics processor is available.';
    if (executor) return { name: 'webgpu', adapter: probe.name, reason, executor };
    why = `WebGPU did not start on ${probe.name}`;
  }
  if (choice === 'webgpu')
    throw new NgcError('backend', `WebGPU cannot be used: ${why}. Choose wasm instead.`);
  return startWithoutGpu(why, host);
}

async function startWithoutGpu(why: string, host: Host): Promise<Backend> {
  const reason = `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  for (const name of ['wasm', 'cpu'] as const) {
    const started = await startOnCpu(name, reason, host);
    if (started) return started;
  }
  throw new NgcError('backend', `No numerics backend could be started. ${reason}`);
}
