import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { completionRule } from '../ngc/completion.ts';
import type { NgcImageModel } from '../ngc/imageModel.ts';
import { trace } from '../ngc/trace.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableList } from '../shared/errors.ts';
import type { Traced } from './family.ts';

/** The completion rule that is asked for, or that the input file names; else the paper's. Throws a file error for one that there is not. */
function ruleOf({ how, metadata }: Traced) {
  try {
    return completionRule(how ?? metadata['how'] ?? 'eq19');
  } catch (error) {
    throw error instanceof NgcError ? new NgcError('file', error.message) : error;
  }
}

/** `z1…zL` of an input file, if it has any of them. Throws a file error where one is missing or misshapen. */
function startStates({ x, tensors }: Traced, [, ...sizes]: readonly number[]) {
  const names = sizes.map((_, i) => `z${i + 1}`);
  if (!names.some((name) => tensors.has(name))) return null;
  const rows = x.shape[0]!;
  return names.map((name, i) => {
    const state = tensors.get(name);
    if (state?.shape.join() === [rows, sizes[i]].join()) return state;
    throw new NgcError(
      'file',
      `start states need ${name} [${rows}, ${sizes[i]}], and it has ${state ? `[${printableList(state.shape.map(String), 8)}]` : 'none'}.`,
    );
  });
}

const matrix = ({ shape: [rows = 0, columns = 0], data }: FloatArray): Tensor2D =>
  tf.tensor2d(data, [rows, columns]);

/** Settles a batch and writes down what every neuron did (`trace` in ngc/), from what an input file and the command line say. */
export async function traceNgc(
  running: NgcImageModel,
  input: Traced,
): Promise<Map<string, FloatArray>> {
  const { model } = running;
  const how = ruleOf(input);
  const begun = startStates(input, model.config.sizes);
  // The update that is traced is a first one, whatever a checkpoint carries.
  await model.forgetOptimizer();
  const [x, mask] = [matrix(input.x), input.mask && matrix(input.mask)];
  const states = begun?.map(matrix) ?? null;
  try {
    return await trace(running, x, mask, { steps: input.steps, how, states });
  } finally {
    tf.dispose([x, ...(mask ? [mask] : []), ...(states ?? [])]);
  }
}
