import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type {
  Completion,
  CompletionOptions,
  GenerativeModel,
  Perception,
  Watched,
} from '../../engine/model.ts';
import { NgcError, printable } from '../../shared/errors.ts';
import { settleSoundly } from './divergence.ts';
import type { Episode } from './episode.ts';
import { release, tidied } from './memory.ts';
import { PredictiveNetwork } from './model.ts';
import { recall } from './recall.ts';
import { forwardPass } from './start.ts';
import { decoderSurprise } from './surprise.ts';

/*
 * How a decoder fills in what a mask hides (m = 1 where a pixel is seen):
 *
 *   inferred   hidden pixels send no error; the whole is what z_0 then predicts
 *   recalled   hidden pixels are free neurons of z_L that start at 0, as in a memory (B7)
 */
const COMPLETIONS = ['inferred', 'recalled'] as const;

/** A network whose z_L is the image, and whose z_0 is found by settling (B3): it compresses, remembers, or samples. */
export class PredictiveDecoder extends PredictiveNetwork implements GenerativeModel {
  readonly latentName = 'z0';

  get pixels(): number {
    return this.config.sizes.at(-1)!;
  }

  get latentWidth(): number {
    return this.config.sizes[0]!;
  }

  get completions(): GenerativeModel['completions'] {
    const recalls = this.config.system === 'recall';
    if (this.config.output !== 'gaussian') return { all: ['inferred'], paper: 'inferred' };
    return { all: COMPLETIONS, paper: recalls ? 'recalled' : 'inferred' };
  }

  protected episodeOf(output: Tensor2D): { episode: Episode; held: unknown } {
    return { episode: { rows: output.shape[0], output }, held: null };
  }

  perceive(x: Tensor2D): Promise<Perception> {
    return this.wired(async (wiring) => {
      const state = await settleSoundly(wiring, { rows: x.shape[0], output: x });
      const [z0, ...others] = state.z;
      const seen = tidied(() => ({
        latents: tf.clone(z0!),
        activity: others.slice(0, -1).map((z) => tf.clone(z)),
        predicted: tf.clipByValue(forwardPass(wiring, z0!).at(-1)!, 0, 1),
      }));
      release(state);
      return { ...seen, discrepancy: null, dispose: () => release(seen) };
    });
  }

  complete(x: Tensor2D, mask: Tensor2D, options: CompletionOptions = {}): Promise<Completion> {
    const { how = this.completions.all[0], steps, onProgress } = options;
    if (!this.completions.all.includes(how))
      throw new NgcError(
        'usage',
        `Hidden pixels are filled in by ${this.completions.all.join(', ')}, not by ${printable(how)}.`,
      );
    const count = steps ?? this.config.steps;
    const work = { steps: count, onStep: ({ step }: { step: number }) => onProgress?.(step / count) }; // prettier-ignore
    return this.wired(async (wiring) => {
      let predicted: Tensor2D;
      if (how === 'recalled') predicted = await recall(wiring, x, mask, work);
      else {
        const state = await settleSoundly(
          wiring,
          { rows: x.shape[0], output: x, seen: mask },
          work,
        );
        predicted = tidied(() => tf.clipByValue(forwardPass(wiring, state.z[0]!).at(-1)!, 0, 1));
        release(state);
      }
      const picture = tf.tidy((): Tensor2D => tf.where(tf.cast(mask, 'bool'), x, predicted));
      const dispose = () => release([picture, predicted]);
      return { picture, predicted, more: new Map(), dispose };
    });
  }

  recall(
    spoilt: Tensor2D,
    seen: Tensor2D | null,
    { steps, onProgress }: Watched & { readonly steps: number },
  ): Promise<Tensor2D> {
    const work = { steps, onStep: ({ step }: { step: number }) => onProgress?.(step / steps) };
    return this.wired((wiring) => recall(wiring, spoilt, seen, work));
  }

  decode(latents: Tensor2D): Tensor2D {
    return this.forwards((wiring) => tf.clipByValue(forwardPass(wiring, latents).at(-1)!, 0, 1));
  }

  /** F after settling on the image (B10). */
  surprises(x: Tensor2D): Promise<Tensor1D> {
    return this.wired((wiring) => decoderSurprise(wiring, x));
  }
}
