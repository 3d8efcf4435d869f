import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Beginning, Running, Settling } from './settling.ts';

/**
 * Settles a batch to its end: `steps` steps (default the model's T). The caller disposes the result.
 * `onStep` hears of every step, or of every `stride` steps; it may return a promise, to let other work in between.
 */
export async function settle(
  { model, executor }: Running,
  x: Tensor2D,
  options: Beginning & {
    steps?: number | undefined;
    stride?: number;
    onStep?: (settling: Settling) => void | Promise<void>;
  } = {},
): Promise<Settling> {
  const settling = await executor.begin(model, x, options);
  const steps = options.steps ?? model.config.steps;
  try {
    if (!options.onStep) await settling.advance(steps);
    else
      while (settling.steps < steps) {
        await settling.advance(Math.min(options.stride ?? 1, steps - settling.steps));
        await options.onStep(settling);
      }
  } catch (error) {
    settling.dispose();
    throw error;
  }
  return settling;
}
