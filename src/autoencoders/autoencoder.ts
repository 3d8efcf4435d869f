import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type {
  Completion,
  CompletionOptions,
  GenerativeModel,
  Perception,
} from '../engine/model.ts';
import { drawCodes, hasDensity, propose } from './codes.ts';
import { COMPLETIONS, completed } from './completion.ts';
import type { AutoencoderConfig } from './config/settings.ts';
import { titleOf } from './config/titles.ts';
import { decode, encode } from './equations.ts';
import type { Beginning } from './learningModel.ts';
import { LearningModel } from './learningModel.ts';
import type { Phase } from './phases.ts';
import { autoencoderPhases } from './phases.ts';

/** One of the paper's autoencoders as a model of images: its code is m, the mean, wherever it does not learn. */
export class Autoencoder extends LearningModel<AutoencoderConfig> implements GenerativeModel {
  readonly latentName = 'z';
  readonly propose?: NonNullable<GenerativeModel['propose']>;
  readonly drawCodes?: NonNullable<GenerativeModel['drawCodes']>;
  readonly completions = { all: COMPLETIONS, paper: 'once' } as const;

  constructor(config: AutoencoderConfig, beginning: Beginning) {
    super(config, beginning);
    if (!hasDensity(config)) return;
    this.propose = (x, count, seed) => propose(this, x, count, seed);
    this.drawCodes = (x, seed) => drawCodes(this, x, seed);
  }

  get title(): string {
    return titleOf(this.config.variant);
  }

  get latentWidth(): number {
    return this.config.sizes.at(-1)!;
  }

  get phases(): readonly [Phase, ...Phase[]] {
    return autoencoderPhases(this.config);
  }

  protected get noisy(): boolean {
    return this.config.variant !== 'rae';
  }

  classesOf(): null {
    return null;
  }

  perceive(x: Tensor2D): Promise<Perception> {
    const { predicted, latents, activity } = tf.tidy(() => {
      const { h, mean } = encode(this.theta, x, this.layers);
      return { predicted: this.decode(mean), latents: mean, activity: [...h] };
    });
    const dispose = () => tf.dispose([predicted, latents, activity]);
    return Promise.resolve({ predicted, latents, activity, discrepancy: null, dispose });
  }

  async complete(
    x: Tensor2D,
    mask: Tensor2D,
    options: CompletionOptions = {},
  ): Promise<Completion> {
    const { theta, layers } = this;
    const centred = this.config.variant !== 'rae';
    const { z, ...seen } = await completed({ theta, layers, centred }, x, mask, options);
    const dispose = () => tf.dispose([z, seen.predicted, seen.picture]);
    return { ...seen, more: new Map([[this.latentName, z]]), dispose };
  }

  decode(latents: Tensor2D): Tensor2D {
    return tf.tidy(() => tf.sigmoid(decode(this.theta, latents, this.layers)));
  }
}
