import type { ModelFile } from '../io/modelFile.ts';
import { filterOf } from '../predictive/kalman/file.ts';
import { changedSettings, parseSettings } from '../predictive/kalman/settings.ts';
import { traceKalman } from '../predictive/kalman/trace.ts';
import { traceFreeEnergy, traceLandscape } from '../predictive/traceSystems.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';

/*
 * What is no model of images, and can only be described and traced.
 */

/** A model file of such a kind, its settings and tensors checked. */
export interface SystemModel {
  readonly title: string;
  /** What its tensors are of, in a few words. */
  readonly size: string;
  readonly config: object;
  /** The settings that are not the defaults. */
  readonly changed: object;
  /**
   * Writes down what it makes of an input file. Throws a file error for one that does not fit.
   * @param steps instead of what its settings say
   */
  trace(input: ReadonlyMap<string, FloatArray>, steps?: number): Map<string, FloatArray>;
}

type Open = (file: ModelFile) => SystemModel;

/** Kinds of model files, by the name of their variant. */
const KINDS: Readonly<Record<string, Open>> = {
  kalman({ config, parameters }) {
    const settings = parseSettings(config);
    const filter = filterOf(parameters);
    const { rows: measured, columns: states } = filter.system.C;
    return {
      title: 'Kalman filter',
      size: `${states} states seen through ${measured}`,
      config: settings,
      changed: changedSettings(settings),
      trace: (input, steps) =>
        traceKalman(filter, steps === undefined ? settings.steps : [steps], input),
    };
  },
};

/** How a file of such a kind is opened; undefined: the settings name none of them. */
function openerOf(variant: unknown): Open | undefined {
  return typeof variant === 'string' && Object.hasOwn(KINDS, variant) ? KINDS[variant] : undefined;
}

/** Opens a model file of such a kind; null: it is of another. Throws a file or config error that names what is wrong. */
export function openSystem(file: ModelFile): SystemModel | null {
  const { config } = file;
  const named = typeof config === 'object' && config !== null && 'variant' in config;
  return (named ? openerOf(config.variant) : undefined)?.(file) ?? null;
}

/** Throws a config error where a variant is of such a kind: it was asked for as a model of images. */
export function refuseSystem(variant: unknown): void {
  if (openerOf(variant))
    throw new NgcError(
      'config',
      `A model of variant ${String(variant)} is none of images: on the command line, "trace" and "info" serve it.`,
    );
}

/** Systems without a model, by name: what they make of an input file. */
export const BARE_SYSTEMS = { landscape: traceLandscape, 'free-energy': traceFreeEnergy } as const;
