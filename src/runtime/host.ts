import type { Link } from '../pool/member.ts';
import type { KernelFiles } from '../wasm/kernels.ts';
import type { Memory } from './memory.ts';

/** Threads that compute beside this one. */
export interface Threads {
  /** How many can run at once here. */
  readonly cores: number;
  /** Whether they can share memory with this one. */
  readonly sharesMemory: boolean;
  /** Whether the first batch that is shared out waits until they have started. */
  readonly waits: boolean;
  start(count: number): readonly Link[];
}

/** What differs between a browser's worker and Node. */
export interface Host {
  /** Tells TensorFlow.js where its .wasm files are. */
  prepareWasm(): void;
  /** Our own kernels, as files. */
  readonly kernels: KernelFiles;
  /** The WebGPU entry point, or null where there is none. */
  gpu(): Promise<GPU | null>;
  /** Threads, or null where there are none to be had. */
  threads(): Threads | null;
  /** What is remembered from one visit to the next. */
  readonly memory: Memory;
}
