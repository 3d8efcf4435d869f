import * as tf from '@tensorflow/tfjs-core';

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

/** Starts a pool member's numerics. Rejects where they do not start. */
export async function startMember(prepare: () => void): Promise<void> {
  tf.enableProdMode();
  if (!(await startWasm(prepare))) throw new Error('wasm did not start in it');
}
