import { toFloatArray } from '../../../engine/floatArrays.ts';
import { release } from '../memory.ts';
import type { Network } from '../parameters.ts';
import { recall } from '../recall.ts';
import { wire } from '../wiring.ts';
import type { TraceInput, Traced } from './input.ts';
import { matrix } from './input.ts';
import { EnergyNotes } from './profile.ts';

/** What a memory makes of spoilt images: `noise`, with all of them free, and with a mask `masked`; of each its `energy`. */
export async function memoryTrace(network: Network, input: TraceInput): Promise<Traced> {
  const traced: Traced = new Map();
  const [x, mask] = [matrix(input.x), input.mask && matrix(input.mask)];
  const wiring = await wire(network);
  try {
    for (const [name, seen] of [['noise', null] as const, ['masked', mask] as const]) {
      if (name === 'masked' && !seen) continue;
      const notes = new EnergyNotes(wiring);
      const image = await recall(wiring, x, seen, { steps: input.steps, onStep: notes.onStep });
      traced.set(name, await toFloatArray(image)).set(`${name}.energy`, notes.array);
      image.dispose();
    }
    return traced;
  } finally {
    wiring.dispose();
    release([x, mask]);
  }
}
