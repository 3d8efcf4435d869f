import type { ModelConfig } from '../ngc/config/settings.ts';
import { declarations } from './buffers.ts';
import { activationCode } from './functions.ts';
import type { PlainKernel } from './kernel.ts';
import { PLAIN_MAIN, plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';

/*
 * Puts every state to zero: z_l = 0, φ(z_l) = φ(0), l ≥ 1 (ngc.md, Settling). A thread a neuron and image. One entry in the
 * table: where z_1 begins, where the first φ begins, how many there are.
 */
const USES = { activity: 'read_write' } as const;

export function startKernel(config: ModelConfig): PlainKernel {
  return {
    label: 'start',
    uses: USES,
    code: (entries) => `${plainHead(entries)}
${declarations(USES)}
${activationCode('activation', config.activation)}
${PLAIN_MAIN}
  if (thread >= entries[0].z) { return; }
  activity[entries[0].x + thread] = 0.0;
  activity[entries[0].y + thread] = activation(0.0);
}`,
  };
}

/** @returns the table, and how many threads work */
export function startTable(activity: Arena): { table: number[]; threads: number } {
  const [z, phi, other] = ['z1', 'phi0.1', 'phi1.1'].map((name) => activity.region(name).offset);
  const threads = other! - phi!;
  return { table: [z!, phi!, threads, 0], threads };
}
