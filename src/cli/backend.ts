import * as tf from '@tensorflow/tfjs-core';

import type { Backend } from '../runtime/backends.ts';
import { startBackend } from '../runtime/backends.ts';
import { nodeHost } from '../runtime/nodeHost.ts';
import { computesWith } from './loss.ts';
import { choice, whole, withDefault } from './options.ts';

const BACKEND_CHOICES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;

export const BACKEND_OPTION = {
  backend: withDefault(
    choice(
      'B',
      'What computes: webgpu, wasm, cpu (slow), or auto (the default): webgpu on a real graphics processor, else wasm.',
      BACKEND_CHOICES,
    ),
    'auto',
  ),
} as const;

/** For commands that settle many images. */
export const WORKERS_OPTION = {
  workers: whole(
    'N',
    'On wasm: how many threads share each batch; as many as there are cores (8 at most) if not given, 1 for none. The numbers differ by rounding.',
    1,
    64,
  ),
} as const;

/** Starts the numerics. Throws a backend error where the asked-for backend cannot start. */
export async function startNumerics(
  choice: (typeof BACKEND_CHOICES)[number],
  workers?: number,
): Promise<Backend> {
  // Without it TensorFlow.js greets on standard error and advertises its native package.
  tf.enableProdMode();
  const onLost = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  const backend = await startBackend(choice, nodeHost, { workers, onLost });
  computesWith(backend);
  return backend;
}
