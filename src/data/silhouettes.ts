import { printableText } from '../shared/errors.ts';
import { dataError } from './dataError.ts';
import { HEIGHT, PIXELS, WIDTH, createSplit } from './dataset.ts';
import type { Dataset, Split } from './dataset.ts';
import { readMat } from './mat.ts';
import type { MatValue } from './mat.ts';

/*
 * CalTech 101 Silhouettes (B. Marlin, K. Swersky, B. Chen, N. de Freitas, "Inductive principles for restricted
 * Boltzmann machine learning", AISTATS 2010), the 28×28 split: train_data, val_data, test_data [n, 784] of 0 and 1,
 * *_labels of 1 … 101 and classnames.
 *
 * Each row of *_data is one picture stored column by column, MATLAB's way, and is turned here to row by row.
 *
 * Polarity: the outlines are rendered "as a filled, black polygon on a white background", 0 = object, 1 = background,
 * and users of the set invert it. Other cuts of it go round with the polarity already turned. So it is measured, not
 * assumed: an object is centred in its picture, so whichever value the four corners of all training pictures mostly
 * have is the background. Here the object is ink (255) and the background is 0.
 */

const WIDTH_16 = 16 * 16;

/**
 * The silhouettes of a .mat file. `train` is train_data and `test` is test_data; val_data is left alone.
 * @throws NgcError('data') naming the file and the variable that is missing or does not fit.
 */
export async function silhouettesFromMat(
  bytes: Uint8Array,
  name: string,
  source: string,
): Promise<Dataset> {
  const variables = await readMat(bytes, name);
  const trainValues = picturesOf(variables, 'train_data', name);
  const testValues = picturesOf(variables, 'test_data', name);
  const background = backgroundOf(trainValues);
  const classNames = classNamesOf(variables.get('classnames'));
  const split = (half: 'train' | 'test', values: Pictures): Split =>
    createSplit(
      upright(values, background),
      labelsOf(variables, `${half}_labels`, values.count, classNames.length, name),
      name,
    );
  return {
    id: 'caltech101',
    title: 'CalTech 101 Silhouettes',
    width: WIDTH,
    height: HEIGHT,
    classNames,
    train: split('train', trainValues),
    test: split('test', testValues),
    source,
    notices: [],
  };
}

/** count pictures, value (n, p) at n + p·count: MATLAB's [count, 784]. */
interface Pictures {
  readonly count: number;
  readonly values: Uint8Array | Float64Array;
}

function picturesOf(
  variables: ReadonlyMap<string, MatValue>,
  variable: string,
  name: string,
): Pictures {
  const found = variables.get(variable);
  if (found?.kind !== 'numbers')
    throw dataError(
      name,
      `no array '${variable}'; the silhouettes come as train_data and test_data.`,
    );
  const [count = 0, pixels = 0] = found.dims;
  if (pixels === WIDTH_16)
    throw dataError(
      name,
      `'${variable}' holds 16×16 pictures; take the 28×28 file (caltech101_silhouettes_28_split1.mat).`,
    );
  if (found.dims.length !== 2 || count < 1 || pixels !== PIXELS)
    throw dataError(
      name,
      `'${variable}' is ${found.dims.slice(0, 8).join('×')}; it should be pictures × 784.`,
    );
  if (found.values.some((value) => value !== 0 && value !== 1))
    throw dataError(name, `'${variable}' holds values other than 0 and 1.`);
  return { count, values: found.values };
}

/** The value most corners have. */
function backgroundOf({ count, values }: Pictures): 0 | 1 {
  const corners = [0, WIDTH - 1, PIXELS - WIDTH, PIXELS - 1];
  let ones = 0;
  for (const p of corners) for (let n = 0; n < count; n++) ones += values[n + p * count]!;
  return ones * 2 > corners.length * count ? 1 : 0;
}

/** Row-major bytes, 255 where the value is not the background. */
function upright({ count, values }: Pictures, background: 0 | 1): Uint8Array {
  const pixels = new Uint8Array(count * PIXELS);
  for (let n = 0; n < count; n++)
    for (let row = 0; row < HEIGHT; row++)
      for (let column = 0; column < WIDTH; column++)
        if (values[n + (column * HEIGHT + row) * count] !== background)
          pixels[n * PIXELS + row * WIDTH + column] = 255;
  return pixels;
}

/** Class indices from 0, from MATLAB's from 1; null where the file has none. */
function labelsOf(
  variables: ReadonlyMap<string, MatValue>,
  variable: string,
  count: number,
  classes: number,
  name: string,
): Uint8Array | null {
  const found = variables.get(variable);
  if (found?.kind !== 'numbers') return null;
  if (found.values.length !== count)
    throw dataError(
      name,
      `'${variable}' holds ${found.values.length} labels for ${count} pictures.`,
    );
  const highest = classes > 0 ? Math.min(classes, 256) : 256;
  return Uint8Array.from(found.values, (label, i) => {
    if (!Number.isInteger(label) || label < 1 || label > highest)
      throw dataError(
        name,
        `'${variable}' number ${i + 1} is ${label}; labels go from 1 to ${highest}.`,
      );
    return label - 1;
  });
}

function classNamesOf(found: MatValue | undefined): readonly string[] {
  if (found?.kind !== 'cells') return [];
  return found.cells.map((cell, i) =>
    cell.kind === 'text' ? printableText(cell.text, 60) : `class ${i + 1}`,
  );
}
