import { NeuronArena } from './neuronArena.ts';
import type { Ground } from './network.ts';

/** Arenas that nobody uses are kept for the next batch of the same size, up to so many. */
const SPARE_ARENAS = 4;

/** The arenas of a network's batches: those that are free are used again. */
export class ArenaPool {
  private spare: NeuronArena[] = [];
  private closed = false;

  constructor(private readonly ground: Ground) {}

  /** An arena of this size, with its kernels. */
  async take(rows: number): Promise<NeuronArena> {
    const spare = this.spare.find((arena) => arena.rows === rows);
    if (!spare) return NeuronArena.create(this.ground, rows);
    this.spare = this.spare.filter((arena) => arena !== spare);
    return spare;
  }

  /** Takes an arena back. */
  release(arena: NeuronArena): void {
    this.spare.push(arena);
    while (this.spare.length > (this.closed ? 0 : SPARE_ARENAS)) this.spare.shift()?.destroy();
  }

  /** Frees those that nobody uses; the others when they are given back. */
  close(): void {
    this.closed = true;
    for (const arena of this.spare.splice(0)) arena.destroy();
  }
}
