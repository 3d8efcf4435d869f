import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ClassifyingModel, Code, Lesson, Nearness } from '../../engine/model.ts';
import { NgcError } from '../../shared/errors.ts';
import { compareToBackprop } from './comparison.ts';
import type { Episode } from './episode.ts';
import { oneHot } from './labels.ts';
import { release } from './memory.ts';
import { PredictiveNetwork } from './model.ts';
import { forwardPass } from './start.ts';
import { stateOf } from './state.ts';
import { classifierSurprise } from './surprise.ts';

/** Steps after which the surprise at an own answer is read (B10). */
const SURPRISE_STEPS = 100;

/** A network that is shown images as z_0 and labels as z_L (B2): asked, it says its class by a forward pass. */
export class PredictiveClassifier extends PredictiveNetwork implements ClassifyingModel {
  get pixels(): number {
    return this.config.sizes[0]!;
  }

  get classes(): number {
    return this.config.sizes.at(-1)!;
  }

  /** The code of an image is what the last hidden layer does; without one, the image. */
  get latentWidth(): number {
    return this.config.sizes.at(-2)!;
  }

  get latentName(): string {
    return `z${this.config.sizes.length - 2}`;
  }

  protected episodeOf(input: Tensor2D, { labels }: Lesson): { episode: Episode; held: unknown } {
    const { classes, title } = this;
    if (!labels)
      throw new NgcError(
        'data',
        `A ${title} with system "${this.config.system}" learns classes, which these images do not have.`,
      );
    const large = labels.find((label) => label >= classes);
    if (large !== undefined)
      throw new NgcError(
        'data',
        `An image is of class ${large}; this ${title} tells ${classes} apart, from 0 on.`,
      );
    const output = this.told(labels);
    return { episode: { rows: input.shape[0], input, output }, held: output };
  }

  /** Classes as y [B, classes]. The caller disposes it. */
  private told(labels: Uint8Array): Tensor2D {
    return tf.tidy(() => oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), this.classes));
  }

  perceive(x: Tensor2D): Promise<Code> {
    const { latents, activity } = this.forwards((wiring) => {
      const layers = forwardPass(wiring, x).slice(0, -1);
      return { latents: layers.at(-1)!, activity: layers.slice(1) };
    });
    return Promise.resolve({ latents, activity, dispose: () => release([latents, activity]) });
  }

  classify(x: Tensor2D): Tensor2D {
    return this.forwards((wiring) => {
      const { u, mu } = stateOf(wiring, forwardPass(wiring, x)).predictions.at(-1)!;
      return wiring.settings.output === 'gaussian' ? mu : u;
    });
  }

  async besideBackprop(
    x: Tensor2D,
    labels: Uint8Array,
    { outputVariance, ...how }: Parameters<NonNullable<ClassifyingModel['besideBackprop']>>[2],
  ): Promise<Nearness> {
    const { settings, theta } = this.network;
    const y = this.told(labels);
    try {
      const network = { settings: { ...settings, ...how }, theta };
      return (await compareToBackprop(network, x, y, outputVariance)).whole;
    } finally {
      y.dispose();
    }
  }

  /** F with its own answer as the label, after settling (B10). */
  surprises(x: Tensor2D): Promise<Tensor1D> {
    return this.wired(async (wiring) => {
      const options = { steps: Math.max(SURPRISE_STEPS, this.config.steps) };
      const { before, after, softmax } = await classifierSurprise(wiring, x, options);
      release([before, softmax]);
      return after;
    });
  }
}
