import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Lesions } from '../ngc/lesions.ts';
import type { Model } from '../ngc/model.ts';
import type { Beginning, Executor, Settling } from '../ngc/settling.ts';

/** What was done to an episode after it began. */
type Deed =
  | { readonly kind: 'advance'; readonly count: number }
  | { readonly kind: 'lesion'; readonly lesions: Lesions | null }
  | { readonly kind: 'perceive'; readonly x: Tensor2D; readonly mask: Tensor2D | null };

const copyOf = (x: Tensor2D, mask: Tensor2D | null) => ({
  x: x.clone(),
  mask: mask?.clone() ?? null,
});

/**
 * All that was done to an episode, in order, so that it can be done again where the members that did it were lost. It owns
 * copies of the images.
 */
export class Past {
  private readonly beginning: Beginning & { readonly x: Tensor2D };
  private readonly deeds: Deed[] = [];

  constructor(x: Tensor2D, { mask = null, states = null, ...rest }: Beginning) {
    const kept = states?.map((state) => state.clone()) ?? null;
    this.beginning = { ...rest, ...copyOf(x, mask), states: kept };
  }

  advance(count: number): void {
    const last = this.deeds.at(-1);
    if (last?.kind !== 'advance') this.deeds.push({ kind: 'advance', count });
    else this.deeds[this.deeds.length - 1] = { kind: 'advance', count: last.count + count };
  }

  lesion(lesions: Lesions | null): void {
    this.deeds.push({ kind: 'lesion', lesions });
  }

  perceive(x: Tensor2D, mask: Tensor2D | null): void {
    this.deeds.push({ kind: 'perceive', ...copyOf(x, mask) });
  }

  /** The episode by another executor, from its beginning to where it stands. The caller disposes it. */
  async again(executor: Executor, model: Model): Promise<Settling> {
    const settling = await executor.begin(model, this.beginning.x, this.beginning);
    for (const deed of this.deeds)
      switch (deed.kind) {
        case 'advance':
          await settling.advance(deed.count);
          break;
        case 'lesion':
          await settling.lesion(deed.lesions);
          break;
        case 'perceive':
          await settling.perceive(deed.x, deed.mask);
          break;
        default:
          deed satisfies never;
      }
    return settling;
  }

  dispose(): void {
    if (this.beginning.states) tf.dispose([...this.beginning.states]);
    for (const images of [this.beginning, ...this.deeds])
      if ('x' in images) tf.dispose(images.mask ? [images.x, images.mask] : images.x);
  }
}
