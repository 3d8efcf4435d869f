import * as tf from '@tensorflow/tfjs-core';

import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import { ownExecutor } from '../wasm/executor.ts';
import type { KernelFiles, KernelModule } from '../wasm/kernels.ts';
import { compileKernels, compileSharedKernels } from '../wasm/kernels.ts';

/**
 * Makes wasm TensorFlow.js's backend in this thread. False where it does not start.
 *
 * @param prepare tells TensorFlow.js where its .wasm files are
 */
export async function startWasm(prepare: () => void): Promise<boolean> {
  // Its own threads need cross-origin isolation and break in minified builds; one thread with SIMD is the sure way.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  prepare();
  return setBackend('wasm');
}

/** Makes a registered backend TensorFlow.js's. False where it does not start. */
export async function setBackend(name: 'wasm' | 'cpu'): Promise<boolean> {
  try {
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
    return tf.getBackend() === name;
  } catch {
    return false;
  }
}

/** What settles and learns in one thread. */
export interface OneThread {
  readonly executor: Executor;
  /** For people: what of the processor it uses. */
  readonly simd: string;
}

/**
 * Our own kernels, or, where they do not run here, TensorFlow.js's operations.
 *
 * @param tell hears in a sentence for a person that they do not, or not for everything
 */
export async function oneThread(
  files: KernelFiles,
  tell?: (sentence: string) => void,
): Promise<OneThread> {
  const module = await compileKernels(files);
  if (typeof module !== 'string')
    return { executor: ownExecutor(module, { tell }), simd: module.title };
  tell?.(`Our own kernels do not run here (${module}); TensorFlow.js computes, more slowly.`);
  return { executor: opByOp, simd: 'SIMD' };
}

/** Kernels for memory that threads share; null where they do not run here. */
export async function sharedKernels(files: KernelFiles): Promise<KernelModule | null> {
  const module = await compileSharedKernels(files);
  return typeof module === 'string' ? null : module;
}

/** Starts a pool member's numerics; `tell` as in `oneThread`. Rejects where they do not start. */
export async function startMember(
  prepare: () => void,
  files: KernelFiles,
  tell: (sentence: string) => void,
): Promise<Executor> {
  tf.enableProdMode();
  if (!(await startWasm(prepare))) throw new Error('wasm did not start in it');
  return (await oneThread(files, tell)).executor;
}
