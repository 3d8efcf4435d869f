import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableList, printableText } from '../shared/errors.ts';

/** Where an array belongs: its name in files and its shape. */
export interface Place {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The arrays of a file that fill the places of a model, in their order. Throws a file error that names a missing, unknown or
 * misshapen one.
 *
 * @param variant the model's kind, for the message
 */
export function fitting(
  places: readonly Place[],
  arrays: ReadonlyMap<string, FloatArray>,
  variant: string,
): Map<string, FloatArray> {
  const known = new Set(places.map(({ name }) => name));
  for (const name of arrays.keys())
    if (!known.has(name))
      throw new NgcError(
        'file',
        `The model holds ${printableText(name, 60)}, which a ${variant} has not.`,
      );
  return new Map(
    places.map(({ name, shape }) => {
      const array = arrays.get(name);
      if (!array) throw new NgcError('file', `The model lacks ${name} [${shape.join(', ')}].`);
      if (array.shape.join() !== shape.join())
        throw new NgcError(
          'file',
          `${name} has shape [${printableList(array.shape.map(String), 8)}]; its settings ask for [${shape.join(', ')}].`,
        );
      return [name, array];
    }),
  );
}
