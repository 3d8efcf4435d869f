import type { ModelConfig } from '../ngc/config/settings.ts';
import { declarations } from './buffers.ts';
import { activationCode } from './functions.ts';
import type { PlainKernel } from './kernel.ts';
import { PLAIN_MAIN, plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';

/*
 * Puts silent neurons to zero, z_l and φ(z_l) (ngc/lesions.ts), and lets those that are silent no longer do what their state says:
 * when lesions change in the middle of an episode, and at its beginning, where φ(0) may be more than 0.
 *
 *   z_l ← z_l⊙alive_l        φ_l ← φ(z_l)⊙alive_l
 *
 * A thread a neuron and image. Table: two entries a layer: (first thread,
 * neurons, z, φ), (who may fire, threads, 0, 0).
 */
const USES = { activity: 'read_write' } as const;

export function silenceKernel({ activation }: ModelConfig): PlainKernel {
  return {
    label: 'silence',
    uses: USES,
    code: (entries) => `${plainHead(entries)}
${declarations(USES)}
${activationCode('activation', activation)}
${PLAIN_MAIN}
  var at = 0u;
  for (var i = 1u; i < ${entries / 2}u; i++) { if (thread >= entries[2u * i].x) { at = 2u * i; } }
  let place = entries[at];
  let more = entries[at + 1u];
  let index = thread - place.x;
  if (index >= more.y) { return; }
  let alive = activity[more.x + index % place.y];
  let z = activity[place.z + index] * alive;
  activity[place.z + index] = z;
  activity[place.w + index] = activation(z) * alive;
}`,
  };
}

/** @param phi which of the two φ is the newest */
export function silenceTable(
  layers: number,
  activity: Arena,
  phi: 0 | 1,
): { table: number[]; threads: number } {
  let threads = 0;
  const table = Array.from({ length: layers }, (_, i) => i + 1).flatMap((l) => {
    const { offset, rows, cols } = activity.region(`z${l}`);
    const first = threads;
    threads += rows * cols;
    const at = (name: string) => activity.region(name).offset;
    return [first, cols, offset, at(`phi${phi}.${l}`), at(`alive${l}`), rows * cols, 0, 0];
  });
  return { table, threads };
}
