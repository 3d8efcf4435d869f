import { declarations } from './buffers.ts';
import type { PlainKernel } from './kernel.ts';
import { PLAIN_MAIN, plainHead } from './kernel.ts';
import type { Arena } from './layout.ts';

/*
 * Another picture takes the input's place while the states stay: x' with mask m' (1 = seen) after x with mask m,
 *
 *   x ← x'⊙m' + x⊙(1 − m)⊙(1 − m')        m ← m'
 *
 * so that what was imagined of pixels that stay hidden stays. A thread a pixel and image. One entry in the table: where x,
 * m, x' and m' begin, and one: how many there are.
 */
const USES = { activity: 'read_write' } as const;

export const perceiveKernel: PlainKernel = {
  label: 'perceive',
  uses: USES,
  code: (entries) => `${plainHead(entries)}
${declarations(USES)}
${PLAIN_MAIN}
  if (thread >= entries[1].x) { return; }
  let at = entries[0];
  let hidden = 1.0 - activity[at.y + thread];
  let seen = activity[at.w + thread];
  let kept = activity[at.x + thread] * hidden * (1.0 - seen);
  activity[at.x + thread] = activity[at.z + thread] * seen + kept;
  activity[at.y + thread] = seen;
}`,
};

/** @returns the table, and how many threads work */
export function perceiveTable(activity: Arena): { table: number[]; threads: number } {
  const { rows, cols } = activity.region('z0');
  const at = ['z0', 'mask', 'nextX', 'nextMask'].map((name) => activity.region(name).offset);
  const threads = rows * cols;
  return { table: [...at, threads, 0, 0, 0], threads };
}
