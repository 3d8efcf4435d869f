import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { SafetensorsFile } from '../../src/io/safetensors.ts';
import { completionRule } from '../../src/ngc/completion.ts';
import type { Traced } from '../../src/ngc/trace.ts';

/** What an input file of a golden case says: pictures, what is hidden of them and how it is filled in, states to begin with. */
export interface GoldenBatch {
  readonly x: Tensor2D;
  readonly mask: Tensor2D | null;
  readonly traced: Traced;
  dispose(): void;
}

export function goldenBatch({ tensors, metadata }: SafetensorsFile): GoldenBatch {
  const tensor = (name: string): Tensor2D | null => {
    const array = tensors.get(name);
    return array ? tf.tensor2d(array.data, array.shape as [number, number]) : null;
  };
  const [x, mask] = [tensor('x')!, tensor('mask')];
  const states: Tensor2D[] = [];
  for (let z = tensor('z1'); z; z = tensor(`z${states.length + 1}`)) states.push(z);
  const how = completionRule(metadata['how'] ?? 'eq19');
  return {
    ...{ x, mask },
    traced: { how, states: states.length > 0 ? states : null },
    dispose: () => tf.dispose([x, ...(mask ? [mask] : []), ...states]),
  };
}
