import * as tf from '@tensorflow/tfjs-core';

import { parseConfig } from '../../../src/engine/config/parse.ts';
import { Model } from '../../../src/engine/model.ts';
import { trace } from '../../../src/engine/trace.ts';
import { parseSafetensors } from '../../../src/io/safetensors.ts';
import { startBackend } from '../../../src/runtime/backends.ts';
import { browserHost } from '../../../src/runtime/browserHost.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';

/** Everything a trace holds, as plain numbers that a test can receive. */
export type PlainTrace = Record<string, number[]>;

declare global {
  interface Window {
    startWebGpu(): Promise<string>;
    traceCase(model: number[], input: number[]): Promise<PlainTrace>;
  }
}

window.startWebGpu = async () => {
  const { name, adapter } = await startBackend('webgpu', browserHost);
  return `${name} ${adapter}`;
};

window.traceCase = async (modelBytes, inputBytes) => {
  const file = parseSafetensors(Uint8Array.from(modelBytes), 'model');
  const { tensors } = parseSafetensors(Uint8Array.from(inputBytes), 'input');
  const model = await Model.fromArrays(
    parseConfig(JSON.parse(file.metadata['config']!)),
    file.tensors,
  );
  const tensor = (array: FloatArray | undefined) =>
    array ? tf.tensor2d(array.data, array.shape as [number, number]) : null;
  const arrays = await trace(model, tensor(tensors.get('x'))!, tensor(tensors.get('mask')));
  model.dispose();
  return Object.fromEntries([...arrays].map(([name, { data }]) => [name, [...data]]));
};
