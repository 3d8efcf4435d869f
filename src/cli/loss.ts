import type { Backend } from '../runtime/backends.ts';
import { lossOr } from '../runtime/loss.ts';
import { NgcError } from '../shared/errors.ts';

/** What computes in this process, once it has started. */
let computing: Backend | null = null;

export function computesWith(backend: Backend): void {
  computing = backend;
}

/** What an error comes from: a device that is lost fails in many words. */
export function whyOf(error: unknown): Promise<unknown> {
  return computing ? lossOr(error, computing) : Promise.resolve(error);
}

/** A copy is made this often (ms) … */
const EVERY_MS = 10_000;
/** … or less often, so that this share of the time goes into it at most. */
const SHARE = 0.015;

/** A checkpoint in memory, for the day that a device is lost with all that it held. */
export class Spare {
  private bytes: Uint8Array | null = null;
  private last: number;
  private cost = 0;

  /**
   * @param make the checkpoint as it is now
   * @param write puts it where runs go on from; answers with a sentence that says so
   */
  constructor(
    private readonly make: () => Promise<Uint8Array>,
    private readonly write: (bytes: Uint8Array) => Promise<string>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.last = now();
  }

  /** Whether it is time for a copy; only a device can be lost. */
  get due(): boolean {
    const pause = Math.max(EVERY_MS, this.cost / SHARE);
    return computing?.name === 'webgpu' && this.now() - this.last >= pause;
  }

  async keep(): Promise<void> {
    const began = this.now();
    this.bytes = await this.make();
    this.last = this.now();
    this.cost = this.last - began;
  }

  /** What was kept elsewhere is newer. */
  forget(): void {
    this.bytes = null;
    this.last = this.now();
  }

  /** Does work that a lost device ends: then what was kept is written, and the error says so. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const why = await whyOf(error);
      if (why === error || !(why instanceof NgcError) || this.bytes === null) throw why;
      throw new NgcError(why.kind, `${why.message} ${await this.write(this.bytes)}`);
    }
  }
}
