import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Factor, Packed } from './factors.ts';
import { keyOf, pack } from './factors.ts';
import type { Heap, Matrix } from './heap.ts';

/** A network that lies in a heap, as the kernels meet it. */
export interface LaidNetwork {
  readonly heap: Heap;
  readonly config: ModelConfig;
  /** A matrix row by row. Throws where it is not there. */
  matrix(name: string): Matrix;
  /** A factor, packed as it is now. Throws where it cannot be. */
  packed(factor: Factor): Packed;
  /** Says that a matrix is another now: what was packed of it is old. */
  changed(name: string): void;
}

/** Where the matrices of a network lie, and what is packed of them, by name. */
export interface Layout {
  readonly config: ModelConfig;
  readonly matrices: readonly (readonly [name: string, Matrix])[];
  readonly packings: readonly (readonly [key: string, Packed])[];
}

function found<T>(all: ReadonlyMap<string, T>, name: string): T {
  const one = all.get(name);
  if (one === undefined) throw new Error(`no matrix ${name} in the heap`);
  return one;
}

/** A network that another thread has laid into memory that is shared. What is packed is renewed at once where it is changed here. */
export class NetworkOfOthers implements LaidNetwork {
  readonly config: ModelConfig;
  private readonly matrices: ReadonlyMap<string, Matrix>;
  private readonly packings: ReadonlyMap<string, Packed>;

  constructor(
    readonly heap: Heap,
    { config, matrices, packings }: Layout,
  ) {
    this.config = config;
    this.matrices = new Map(matrices);
    this.packings = new Map(packings);
  }

  matrix(name: string): Matrix {
    return found(this.matrices, name);
  }

  packed(factor: Factor): Packed {
    return found(this.packings, keyOf(factor));
  }

  changed(name: string): void {
    for (const transposed of [false, true]) {
      const factor = { name, transposed };
      const packed = this.packings.get(keyOf(factor));
      if (packed) pack(this.heap, this.matrix(name), factor, packed.at);
    }
  }
}
