import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Activity } from '../ngc/activity.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { Model } from '../ngc/model.ts';
import type { Beginning, Executor, Settling, Update } from '../ngc/settling.ts';
import type { Crew } from './crew.ts';
import { Past } from './past.ts';

/** Who settles an episode: members of a crew, and who takes it over where they are lost. */
interface Sharing {
  readonly crew: Crew;
  readonly model: Model;
  readonly alone: Executor;
}

/**
 * A settling episode that members of a crew work on in the memory they share with their owner. Where they are lost, all that was done
 * to it is done again without them: the network's store is as it was before they touched anything.
 */
export class SharedSettling implements Settling {
  private readonly past: Past;
  private spare: Promise<Settling> | null = null;
  private disposed = false;
  private made = 0;

  constructor(
    private readonly sharing: Sharing,
    private readonly together: Settling,
    x: Tensor2D,
    beginning: Beginning,
  ) {
    this.past = new Past(x, beginning);
    sharing.crew.enter(sharing.model);
  }

  get rows(): number {
    return this.together.rows;
  }

  get steps(): number {
    return this.made;
  }

  async advance(count = 1): Promise<void> {
    await this.by((settling) => settling.advance(count));
    this.made += count;
    this.past.advance(count);
  }

  async lesion(lesions: Lesions | null): Promise<void> {
    await this.by((settling) => settling.lesion(lesions));
    this.past.lesion(lesions);
  }

  async perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void> {
    await this.by((settling) => settling.perceive(x, mask));
    this.past.perceive(x, mask);
  }

  read(rows?: number): Promise<Activity> {
    return this.by((settling) => settling.read(rows));
  }

  terms(): Promise<StateTerms[]> {
    return this.by((settling) => settling.terms());
  }

  learn(): Promise<Update> {
    return this.by((settling) => settling.learn());
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.together.dispose();
    this.spare?.then((spare) => spare.dispose()).catch(() => undefined);
    this.past.dispose();
    this.sharing.crew.leave(this.sharing.model);
  }

  /** Does something by the members; where they are lost, even meanwhile, by who takes the episode over, as if nothing had been asked. */
  private async by<T>(work: (settling: Settling) => Promise<T>): Promise<T> {
    const { crew, alone, model } = this.sharing;
    if (!crew.ended)
      try {
        return await work(this.together);
      } catch (error) {
        if (!crew.ended || this.disposed) throw error;
      }
    this.spare ??= this.past.again(alone, model);
    return work(await this.spare);
  }
}
