import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { of, tensorsOf } from '../../engine/theta.ts';
import type { Theta } from '../../engine/theta.ts';
import { PredictiveClassifier } from './classifier.ts';
import { PredictiveDecoder } from './decoder.ts';
import { release } from './memory.ts';
import type { Beginning, PredictiveNetwork } from './model.ts';
import { freshTheta, storedTheta } from './parameters.ts';
import type { NetworkSettings } from './settings.ts';
import { isClassifying } from './settings.ts';

const made = (settings: NetworkSettings, beginning: Beginning): PredictiveNetwork =>
  isClassifying(settings.system)
    ? new PredictiveClassifier(settings, beginning)
    : new PredictiveDecoder(settings, beginning);

/** A network that knows nothing, from a seed. */
export const freshNetwork = (settings: NetworkSettings, seed: number): PredictiveNetwork =>
  made(settings, {
    ...{ theta: freshTheta(settings, seed), moments: {} },
    ...{ seed, imagesSeen: 0, updates: 0 },
  });

/** What a file says of a network. */
export interface StoredNetwork {
  readonly config: NetworkSettings;
  readonly parameters: ReadonlyMap<string, FloatArray>;
  readonly optimizer: ReadonlyMap<string, FloatArray> | null;
  readonly training: {
    readonly step: number;
    readonly imagesSeen: number;
    readonly seed: number;
  } | null;
}

/** The network that a file holds; of a checkpoint, learning goes on exactly. Throws a file error that names what does not fit. */
export function storedNetwork({
  config,
  parameters,
  optimizer,
  training,
}: StoredNetwork): PredictiveNetwork {
  const theta = storedTheta(config, parameters);
  try {
    const moments = optimizer ? momentsIn(optimizer, theta) : {};
    const { seed = 0, imagesSeen = 0, step = 0 } = training ?? {};
    // Adam counts the updates that its moments remember: without them it starts anew.
    const remembers = config.optimizer === 'sgd' || Object.keys(moments).length > 0;
    return made(config, { theta, moments, seed, imagesSeen, updates: remembers ? step : 0 });
  } catch (error) {
    release(theta);
    throw error;
  }
}

/** The moments of a checkpoint. Throws a file error where one is of no parameter, or does not fit it. */
function momentsIn(optimizer: ReadonlyMap<string, FloatArray>, theta: Theta): Theta {
  for (const [key, { shape }] of optimizer) {
    const name = key.slice(2);
    const fits = name in theta && shape.join() === of(theta, name).shape.join();
    const other = key.startsWith('m.') ? `v.${name}` : `m.${name}`;
    if (!/^[mv]\./.test(key) || !fits || !optimizer.has(other))
      throw new NgcError('file', `The checkpoint's opt.${key} is unknown or does not fit.`);
  }
  return tensorsOf(optimizer);
}
