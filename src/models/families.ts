import { NgcError, printable } from '../shared/errors.ts';
import { autoencoders, classifiers } from './autoencoders.ts';
import type { Family } from './family.ts';
import { mixtures } from './mixtures.ts';
import { ngc } from './ngc.ts';
import { predictive } from './predictive.ts';
import { refuseSystem } from './systems.ts';

/** Every family there is: a new one is a folder, and a line here. */
export const FAMILIES: readonly Family[] = [ngc, autoencoders, classifiers, mixtures, predictive];

/** The names of all kinds of models. */
export function variantsOf(families: readonly Family[]): readonly string[] {
  return families.flatMap(({ variants }) => variants);
}

/** The family that has a kind of that name. Throws a config error that lists those there are, or says that it is none of images. */
export function familyOf(variant: unknown, families: readonly Family[]): Family {
  const family = families.find(({ variants }) => variants.some((name) => name === variant));
  if (family) return family;
  refuseSystem(variant);
  const known = variantsOf(families).join(', ');
  throw new NgcError(
    'config',
    variant === undefined
      ? `Setting variant is missing; it must be one of ${known}.`
      : `Setting variant must be one of ${known}, not ${printable(variant)}.`,
  );
}
