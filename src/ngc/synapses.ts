import type { Tensor2D } from '@tensorflow/tfjs-core';

/**
 * The store of a network's synapses: it answers "the newest W1", wherever that is kept. Names are those of parameters
 * (parameters.ts), of the precisions P1 … and the user's lateral matrices V1 …, and of Adam's moments (`momentNames`).
 *
 * It owns every tensor it holds. What `get` gives stays the store's, and is valid until the next change.
 */
export interface Synapses {
  /** Rises with every change; a copy made elsewhere is as new as the revision it was made of. */
  readonly revision: number;
  has(name: string): boolean;
  /** The newest matrix of that name. Throws where there is none. */
  get(name: string): Tensor2D;
  /** Replaces a matrix; the store takes ownership of `value` and frees the old one. */
  set(name: string, value: Tensor2D): void;
  /** Forgets a matrix, where it is held. */
  drop(name: string): void;
  dispose(): void;
}

/** What the optimizer remembers of a parameter: Adam's first and second moment, by these names. */
export const momentNames = (parameter: string) =>
  ({ m: `m.${parameter}`, v: `v.${parameter}` }) as const;

/** Synapses as tensors of TensorFlow.js's backend. */
export class TensorSynapses implements Synapses {
  revision = 0;
  private readonly tensors = new Map<string, Tensor2D>();

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  get(name: string): Tensor2D {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new Error(`no synapses ${name}`);
    return tensor;
  }

  set(name: string, value: Tensor2D): void {
    const old = this.tensors.get(name);
    if (old !== value) old?.dispose();
    this.tensors.set(name, value);
    this.revision++;
  }

  drop(name: string): void {
    this.tensors.get(name)?.dispose();
    if (this.tensors.delete(name)) this.revision++;
  }

  /** The names held, in the order they came. */
  get names(): string[] {
    return [...this.tensors.keys()];
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }
}
