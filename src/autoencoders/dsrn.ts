import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ClassifyingModel, Code, Lesson } from '../engine/model.ts';
import { NgcError } from '../shared/errors.ts';
import type { DsrnConfig } from './config/settings.ts';
import { titleOf } from './config/titles.ts';
import { classify } from './equations.ts';
import { LearningModel } from './learningModel.ts';
import type { Phase } from './phases.ts';
import { dsrnPhases } from './phases.ts';

/** The paper's supervised rival, a deep sparse rectifier network (Glorot et al. 2011): it is told classes, and says them. */
export class Dsrn extends LearningModel<DsrnConfig> implements ClassifyingModel {
  readonly lossName = 'cross-entropy';
  protected readonly noisy = false;

  get title(): string {
    return titleOf(this.config.variant);
  }

  get classes(): number {
    return this.config.classes;
  }

  get latentWidth(): number {
    return this.config.sizes.at(-1)!;
  }

  get latentName(): string {
    return `h${this.layers}`;
  }

  get phases(): readonly [Phase, ...Phase[]] {
    return dsrnPhases(this.config);
  }

  classesOf({ labels }: Lesson): Tensor2D {
    if (!labels)
      throw new NgcError('data', `A ${this.title} learns classes, which these images do not have.`);
    const { classes } = this;
    const large = labels.find((label) => label >= classes);
    if (large !== undefined)
      throw new NgcError(
        'data',
        `An image is of class ${large}; this ${this.title} tells ${classes} apart, from 0 on.`,
      );
    const hot = new Float32Array(labels.length * classes);
    labels.forEach((label, i) => (hot[i * classes + label] = 1));
    return tf.tensor2d(hot, [labels.length, classes]);
  }

  perceive(x: Tensor2D): Promise<Code> {
    const activity = tf.tidy(() => [...classify(this.theta, x, this.layers).h]);
    const dispose = () => tf.dispose(activity);
    return Promise.resolve({ latents: activity.at(-1)!, activity, dispose });
  }

  classify(x: Tensor2D): Tensor2D {
    return tf.tidy(() => classify(this.theta, x, this.layers).logits);
  }
}
