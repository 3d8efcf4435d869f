import { nodeKernels } from '../../src/runtime/nodeKernels.ts';
import { sharedKernels } from '../../src/runtime/wasm.ts';
import type { Pool } from '../../src/pool/executor.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import type { LocalMember } from './pool.ts';
import { localMember } from './pool.ts';

/** A pool whose members work in the memory of their owner. */
export interface SharedPool {
  readonly pool: Pool;
  /** An entry each time that members were started. */
  readonly generations: (readonly LocalMember[])[];
}

/** Starts one, its members in this thread; `alone` takes over where they are lost. */
export function sharedPool(alone: Executor, count = 2): SharedPool {
  const generations: (readonly LocalMember[])[] = [];
  const start = () => {
    const members = Array.from({ length: count }, () => localMember(() => Promise.resolve(alone)));
    generations.push(members);
    return members;
  };
  const pool = poolExecutor({ count, waits: true, start }, alone, 1, () =>
    sharedKernels(nodeKernels),
  );
  return { pool, generations };
}
