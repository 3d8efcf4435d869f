import type { WorkerActivity } from '../protocol/snapshot.ts';
import { NgcError } from '../shared/errors.ts';
import type { Pace } from './pacing.ts';
import { watched } from './stuck.ts';

export type SteppingKind = Extract<WorkerActivity, 'settling' | 'training'>;

/** What can be stepped through. */
export interface Steps {
  /** Makes one step; false when there is none left to make. `wanted` turns false as soon as it should pause. */
  advance(wanted: () => boolean): Promise<boolean>;
  /** Brings to an end what the last step has left under way. */
  finish?(): Promise<void>;
  /** A limit to the steps a second, whatever speed was asked for. */
  most(): number;
}

/** What the loop steps through; each start makes a new one. */
interface Stepping {
  readonly kind: SteppingKind;
}

/**
 * Steps by itself through settling or training, one loop at a time, hearing messages between steps; and lets what touches
 * a network happen one thing after another, between two steps.
 */
export class Stepper {
  /** Whether the user paused: a live episode then takes what is drawn, but does not run. */
  held = false;
  /** Counts pauses: what waited through one does not begin. */
  pauses = 0;
  private stepping: Stepping | null = null;
  private loop: Promise<void> = Promise.resolve();
  private queue: Promise<unknown> = Promise.resolve();

  /**
   * @param onError hears what ended a loop; what was cancelled is no error. False: nothing can be done here any more, and what ran was
   * cut off, not ended
   * @param onStuck hears that a step does not end
   */
  constructor(
    private readonly steps: Readonly<Record<SteppingKind, Steps>>,
    private readonly pace: Pace,
    private readonly onError: (error: unknown) => Promise<boolean>,
    private readonly onStuck: () => void = () => undefined,
  ) {}

  /** What it steps through, or null where it rests. */
  get kind(): SteppingKind | null {
    return this.stepping?.kind ?? null;
  }

  /** Runs `work` after everything that was asked before it. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined); // heard by whoever asked for it
    return result;
  }

  /** Starts stepping until `stop`, another start, or the end of what there is to do. */
  start(kind: SteppingKind): void {
    const stepping = { kind };
    this.stepping = stepping;
    // Two starts in a row: the first loop sees that it is no longer the one, and ends before the second begins.
    this.loop = this.loop.then(() => this.run(stepping));
  }

  /** Stops stepping; resolves when the step under way is done. */
  async stop(): Promise<void> {
    this.stepping = null;
    this.pace.interrupt();
    await this.loop;
  }

  /** Stops because the user wants it: nothing begins by itself until something is started again. */
  async pause(): Promise<void> {
    this.pauses++;
    this.held = true;
    await this.stop();
  }

  private async run(stepping: Stepping): Promise<void> {
    const wanted = () => this.stepping === stepping;
    const steps = this.steps[stepping.kind];
    this.pace.begin();
    let over = true;
    try {
      await this.stepThrough(steps, wanted);
      if (steps.finish) await this.exclusive(() => steps.finish?.());
    } catch (error) {
      over = await this.onError(error);
    }
    if (over && wanted()) this.stepping = null;
  }

  /** Makes steps until there are none left, or none is wanted. A step that was given up, for a pause, is an end like any other. */
  private async stepThrough(steps: Steps, wanted: () => boolean): Promise<void> {
    try {
      while (wanted()) {
        const step = () => watched(() => steps.advance(wanted), this.onStuck);
        if (!(await this.exclusive(step))) return;
        await this.pace.wait(steps.most());
      }
    } catch (error) {
      const cancelled = error instanceof NgcError && error.kind === 'cancelled';
      if (!cancelled) throw error;
    }
  }
}
