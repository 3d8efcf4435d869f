import { numbersOf } from '../../experiments/arrays.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import type { Known } from '../../experiments/layers.ts';
import type { CellResult, StoredArray } from '../../experiments/result.ts';
import { resultsAt } from '../../experiments/summary.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';
import type { FigureLook, Size } from './look.ts';
import { pngAddress } from './png.ts';
import type { SvgNode } from './svg.ts';
import { svg, svgPicture } from './svg.ts';

/** A sheet of pictures of equal size, row by row, as one picture; a missing one is left white. */
interface Sheet {
  readonly rows: number;
  readonly columns: number;
  /** rows·columns pictures of side·side intensities. */
  readonly values: Float32Array;
  readonly side: number;
}

/** The pictures as one image, a line of ground between them. */
function sheetImage({ rows, columns, values, side }: Sheet, { pictures }: FigureLook) {
  const pitch = side + 1;
  const wide = columns * pitch - 1;
  const image = new Float32Array(wide * (rows * pitch - 1));
  for (let i = 0; i < rows * columns; i++) {
    const [left, top] = [(i % columns) * pitch, Math.floor(i / columns) * pitch];
    for (let p = 0; p < side * side; p++)
      image[(top + Math.floor(p / side)) * wide + left + (p % side)] = values[i * side * side + p] ?? 0; // prettier-ignore
  }
  return { address: pngAddress(image, wide, pictures), wide, high: rows * pitch - 1 };
}

/** The title, the sets and who computed it, for a part of a figure. */
interface Part {
  readonly title: string;
  readonly sheet: Sheet;
  /** A line above and a word at the left of rows. */
  readonly rowNames: readonly string[];
}

/** For the names of rows, where they have some (pixels). */
const NAMES = 90;
const HEAD = 22;

/** Sheets side by side as far as there is room, as large as that lets them be. */
function sheets(title: string, parts: readonly Part[], { width, height }: Size, look: FigureLook) {
  if (parts.length === 0) return null;
  const shapes = parts.map(({ sheet }) => sheetImage(sheet, look));
  const left = parts.some(({ rowNames }) => rowNames.length > 0) ? NAMES : 10;
  const across = parts.length > 1 && width > 700 ? 2 : 1;
  const wide = width / across;
  const lines = Math.ceil(parts.length / across);
  const scale = Math.max(
    1,
    Math.min(
      ...shapes.map((shape) => (wide - left - 12) / shape.wide),
      ...shapes.map((shape) => (height / lines - HEAD - 12) / shape.high),
    ),
  );
  const tall = Math.max(...shapes.map(({ high }) => high)) * scale + HEAD + 12;
  const drawn = parts.map(({ title: name, rowNames, sheet }, i) => {
    const shape = shapes[i]!;
    const pitch = (sheet.side + 1) * scale;
    return svg(
      'g',
      { transform: `translate(${(i % across) * wide},${Math.floor(i / across) * tall})` },
      svg('text', { x: left, y: 15, fill: look.ink, 'font-weight': 600 }, name),
      ...rowNames.map(
        (text, row) =>
        svg('text', { x: left - 8, y: HEAD + (row + 0.5) * pitch + 4, 'text-anchor': 'end', fill: look.soft }, text), // prettier-ignore
      ),
      svg('image', {
        href: shape.address,
        ...{ x: left, y: HEAD, width: shape.wide * scale, height: shape.high * scale },
        preserveAspectRatio: 'none',
        style: 'image-rendering: pixelated',
      }),
    );
  });
  const whole = Math.max(lines * tall, 1);
  return svgPicture({ width, height: whole, title, ground: look.ground, font: look.font }, drawn);
}

/** The first result of every row and set that has an exhibit, ours and the reader's. */
export function exhibited(
  { rows, datasets }: Experiment,
  { shipped, own }: Known,
  array: string,
): readonly {
  readonly title: string;
  readonly result: CellResult;
  readonly stored: StoredArray;
}[] {
  return datasets.flatMap((dataset) =>
    rows.flatMap((row) =>
      [shipped, own].flatMap((results, layer) => {
        const found = resultsAt(results, { row: row.key, dataset }).find(
          (one) => one.arrays[array],
        );
        const stored = found?.arrays[array];
        if (!found || !stored) return [];
        const whose = layer === 0 ? '' : ' · your run';
        return [
          { title: `${row.title} · ${DATASET_TITLES[dataset]}${whose}`, result: found, stored },
        ];
      }),
    ),
  );
}

/** Samples, a column a class; the first row is of the data. byClass: [rows, classes, pixels]. */
export function byClassFigure(
  experiment: Experiment,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const parts = exhibited(experiment, known, 'byClass').map(({ title, stored }): Part => {
    const [rows = 0, columns = 0, pixels = 0] = stored.shape;
    const sheet = { rows, columns, values: numbersOf(stored), side: Math.round(Math.sqrt(pixels)) };
    return { title, sheet, rowNames: ['data', 'samples'] };
  });
  return sheets(experiment.title, parts, size, look);
}

/**
 * A digit, the features that compose it, and their sum: composition.digits [N, pixels], composition.features [N, features, pixels],
 * composition.sum [N, pixels].
 */
export function compositionFigure(
  experiment: Experiment,
  known: Known,
  size: Size,
  look: FigureLook,
): SvgNode | null {
  const parts = exhibited(experiment, known, 'composition.features').flatMap(
    ({ title, result, stored }): Part[] => {
      const { 'composition.digits': digits, 'composition.sum': sum } = result.arrays;
      if (!digits || !sum) return [];
      const [rows = 0, features = 0, pixels = 0] = stored.shape;
      const columns = features + 2;
      const values = new Float32Array(rows * columns * pixels);
      const [seen, parts, whole] = [numbersOf(digits), numbersOf(stored), numbersOf(sum)];
      for (let row = 0; row < rows; row++) {
        const at = row * columns * pixels;
        values.set(seen.subarray(row * pixels, (row + 1) * pixels), at);
        const from = row * features * pixels;
        values.set(parts.subarray(from, from + features * pixels), at + pixels);
        values.set(whole.subarray(row * pixels, (row + 1) * pixels), at + (columns - 1) * pixels);
      }
      const sheet = { rows, columns, values, side: Math.round(Math.sqrt(pixels)) };
      const said = `${title}: what is seen, ${features} features, the sum`;
      return [{ title: said, sheet, rowNames: [] }];
    },
  );
  return sheets(experiment.title, parts, size, look);
}
