import type { AutoencoderConfig, DsrnConfig } from './config/settings.ts';
import type { Batch, Loss } from './losses.ts';
import {
  classificationLoss,
  discriminatorLoss,
  generatorLoss,
  reconstructionLoss,
} from './losses.ts';
import {
  decoderParameters,
  discriminatorParameters,
  encoderParameters,
  parametersOf,
} from './parameters.ts';
import type { Parameter } from './parameters.ts';
import type { Theta } from '../engine/theta.ts';

/** One descent of a batch: which parameters move, down which loss, how fast. Phases follow each other, each with the newest θ. */
export interface Phase {
  /** What files put before a parameter's name for its gradient; moments are kept by it, so each phase has its own. */
  readonly letter: 'd' | 'g';
  readonly learns: readonly Parameter[];
  readonly rate: number;
  readonly loss: (theta: Theta, batch: Batch) => Loss;
}

/** The descents by which an autoencoder learns from a batch, in order. */
export function autoencoderPhases(config: AutoencoderConfig): readonly [Phase, ...Phase[]] {
  const encoder = encoderParameters(config);
  const reconstruction: Phase = {
    letter: 'd',
    learns: [...encoder, ...decoderParameters(config)],
    rate: config.learningRate,
    loss: (theta, batch) => reconstructionLoss(config, theta, batch),
  };
  if (config.variant !== 'gan-ae') return [reconstruction];
  const { adversarialRate: rate, discriminator, sizes } = config;
  return [
    reconstruction,
    {
      letter: 'd',
      learns: discriminatorParameters(sizes.at(-1)!, discriminator),
      rate,
      loss: (theta, batch) => discriminatorLoss(config, theta, batch),
    },
    {
      letter: 'g',
      learns: encoder,
      rate,
      loss: (theta, batch) => generatorLoss(config, theta, batch),
    },
  ];
}

/** The one descent of a DSRN. */
export function dsrnPhases(config: DsrnConfig): readonly [Phase, ...Phase[]] {
  return [
    {
      letter: 'd',
      learns: parametersOf(config),
      rate: config.learningRate,
      loss: (theta, batch) => classificationLoss(config, theta, batch),
    },
  ];
}
