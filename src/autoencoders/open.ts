import { fitting } from '../engine/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { AnyConfig } from './config/settings.ts';
import { momentNames } from './descent.ts';
import type { Beginning } from './learningModel.ts';
import { parametersOf } from './parameters.ts';
import type { Phase } from './phases.ts';
import { tensorsOf } from '../engine/theta.ts';
import { freshTheta } from './theta.ts';

/** The beginning of a model that knows nothing: parameters from a seed. */
export function freshBeginning(config: AnyConfig, seed: number): Beginning {
  const theta = freshTheta(parametersOf(config), config.initSd, seed);
  return { theta, moments: {}, seed, imagesSeen: 0, updates: 0 };
}

/** What a file says of a model. */
interface Stored<C extends AnyConfig> {
  readonly config: C;
  readonly parameters: ReadonlyMap<string, FloatArray>;
  readonly optimizer: ReadonlyMap<string, FloatArray> | null;
  readonly training: {
    readonly step: number;
    readonly imagesSeen: number;
    readonly seed: number;
  } | null;
}

/**
 * The beginning of a model that a file holds; of a checkpoint, learning goes on exactly. Throws a file error that names the array
 * that is missing, unknown or misshapen.
 */
export function storedBeginning<C extends AnyConfig>(
  { config, parameters, optimizer, training }: Stored<C>,
  phases: readonly Phase[],
): Beginning {
  const fit = fitting(parametersOf(config), parameters, config.variant);
  const moments = optimizer ? momentsIn(optimizer, phases) : new Map<string, FloatArray>();
  const { seed = 0, imagesSeen = 0, step = 0 } = training ?? {};
  // Adam counts the updates that its moments remember: without them it starts anew.
  const updates = config.optimizer === 'sgd' || moments.size > 0 ? step : 0;
  return { theta: tensorsOf(fit), moments: tensorsOf(moments), seed, imagesSeen, updates };
}

/** The moments of every parameter that a phase moves. Throws a file error where one does not fit. */
function momentsIn(
  optimizer: ReadonlyMap<string, FloatArray>,
  phases: readonly Phase[],
): Map<string, FloatArray> {
  const found = new Map<string, FloatArray>();
  for (const phase of phases)
    for (const { name, shape } of phase.learns)
      for (const key of Object.values(momentNames(phase, name))) {
        const array = optimizer.get(key);
        if (array?.shape.join() !== shape.join())
          throw new NgcError('file', `The checkpoint's opt.${key} is missing or does not fit.`);
        found.set(key, array);
      }
  return found;
}
