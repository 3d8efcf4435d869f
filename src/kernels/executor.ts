import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

import type { Model } from '../ngc/model.ts';
import { opByOp } from '../ngc/opByOp.ts';
import type { Executor } from '../ngc/settling.ts';
import { NeuronArena } from './neuronArena.ts';
import { ArenaPool } from './arenaPool.ts';
import { Gpu } from './gpu.ts';
import { momentArena, synapseArena } from './layout.ts';
import { FusedNetwork } from './network.ts';
import { FusedSettling } from './settling.ts';
import type { TileChoice } from './tiles.ts';

/** Software adapters are slow: others are let in after a few steps. */
const SOFTWARE_STRIDE = 2;

/** A network on the device with its batches. */
interface Resident {
  readonly network: FusedNetwork;
  readonly pool: ArenaPool;
}

/**
 * Settles and learns with fused kernels on TensorFlow.js's own device. What does not fit into a buffer of the device is
 * computed op by op.
 */
export function fusedExecutor(backend: WebGPUBackend, choice: TileChoice): Executor {
  const gpu = new Gpu(backend, choice);
  const residents = new WeakMap<Model, Resident>();
  const residentOf = (model: Model): Resident => {
    const known = residents.get(model);
    if (known) return known;
    const network = new FusedNetwork(gpu, model, () => pool.close());
    const pool = new ArenaPool(network);
    const resident = { network, pool };
    residents.set(model, resident);
    return resident;
  };
  const fits = ({ config }: Model, rows: number) =>
    Math.max(
      synapseArena(config).size,
      momentArena(config).size,
      NeuronArena.floats(config, rows),
    ) <= gpu.largestArena;
  return {
    title: 'fused kernels',
    overlaps: true,
    strideFor: () => (choice.software ? SOFTWARE_STRIDE : 1000),
    async begin(model, x, beginning = {}) {
      const [rows] = x.shape;
      if (!fits(model, rows)) return opByOp.begin(model, x, beginning);
      const { network, pool } = residentOf(model);
      await network.prepare();
      const settling = new FusedSettling(network, await pool.take(rows), pool, beginning);
      try {
        await settling.begin(x, beginning.mask ?? null, beginning.states ?? null);
        return settling;
      } catch (error) {
        settling.dispose();
        throw error;
      }
    },
  };
}
