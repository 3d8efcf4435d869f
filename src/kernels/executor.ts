import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import type { Model } from '../ngc/model.ts';
import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import { Batch } from './batch.ts';
import { Gpu } from './gpu.ts';
import { momentArena, synapseArena } from './layout.ts';
import { FusedNetwork } from './network.ts';
import { FusedSettling } from './settling.ts';
import type { TileChoice } from './tiles.ts';

/** Software adapters are slow: others are let in after a few steps. */
const SOFTWARE_STRIDE = 2;

/**
 * Settles and learns with fused kernels on TensorFlow.js's own device. What does not fit into a buffer of the device is
 * computed op by op.
 */
export function fusedExecutor(backend: WebGPUBackend, choice: TileChoice): Executor {
  const gpu = new Gpu(backend, choice);
  const networks = new WeakMap<Model, FusedNetwork>();
  const networkOf = (model: Model): FusedNetwork => {
    let network = networks.get(model);
    if (!network) {
      network = new FusedNetwork(gpu, model);
      networks.set(model, network);
      model.keptBy(network);
    }
    return network;
  };
  const fits = ({ config }: Model, rows: number) =>
    Math.max(synapseArena(config).size, momentArena(config).size, Batch.floats(config, rows)) <=
    gpu.largestArena;
  return {
    title: 'fused kernels',
    overlaps: true,
    stride: choice.software ? SOFTWARE_STRIDE : 1000,
    async begin(model, x, mask) {
      const [rows] = x.shape;
      if (!fits(model, rows)) return opByOp.begin(model, x, mask);
      const network = networkOf(model);
      await network.prepare();
      const batch = await network.batch(rows, mask !== null);
      const settling = new FusedSettling(network, batch);
      const [input, seen] = await Promise.all([x.data(), mask?.data()]);
      settling.begin(input as Float32Array, (seen as Float32Array | undefined) ?? null);
      return settling;
    },
  };
}
