import { claimantOf } from '../../experiments/claimants.ts';
import type { Experiment } from '../../experiments/experiment.ts';
import type { Known, Layer } from '../../experiments/layers.ts';
import { columnsOf, isPrinted, isRanked, LAYERS, tableOf } from '../../experiments/layers.ts';
import { DATASET_TITLES } from '../../experiments/titles.ts';
import type { FigureLook } from './look.ts';
import type { SvgNode } from './svg.ts';
import { svg, svgPicture } from './svg.ts';

const LINE = 17;
const NUMBER = 94;
const NAMES = 150;
const HEAD = 62;
const MARKS: Readonly<Record<Layer, string>> = { paper: '¶', shipped: '●', own: '◆' };
const legend = (experiment: Experiment, ranked: boolean) =>
  `¶ ${claimantOf(experiment).name}    ● ours    ◆ your run    ± spread over seeds${ranked ? '; bold: the best two of a column' : ''}`;

/** A table as a picture: three lines a model, a column a number. Sets of which nobody has a number are left out. */
export function tablePicture(experiment: Experiment, known: Known, look: FigureLook): SvgNode {
  const columns = columnsOf(experiment, known);
  const table = tableOf(experiment, known);
  const layers = LAYERS.filter(
    (layer) =>
      (layer !== 'paper' || isPrinted(experiment)) && (layer !== 'own' || known.own.length > 0),
  );
  const sets = experiment.datasets.flatMap((dataset, at) => {
    const any = table.some((cells) =>
      cells[at]!.numbers.some((number) => layers.some((layer) => number[layer] !== null)),
    );
    return any ? [{ dataset, at }] : [];
  });
  const wide = NUMBER * columns.length + 22;
  const high = layers.length * LINE + 8;
  const colours = { paper: look.soft, shipped: look.ink, own: look.hues[4] ?? look.ink };
  const text = (x: number, y: number, content: string, more: SvgNode['attributes'] = {}) =>
    svg('text', { x, y, fill: look.ink, ...more }, content);
  const heads = sets.flatMap(({ dataset }, s) => {
    const left = NAMES + s * wide;
    return [
      text(left + 18, HEAD - 26, DATASET_TITLES[dataset], { 'font-weight': 600 }),
      ...columns.map(
        ({ title }, c) =>
        text(left + 18 + (c + 1) * NUMBER, HEAD - 9, title, { 'text-anchor': 'end', fill: look.soft }), // prettier-ignore
      ),
    ];
  });
  const rows = experiment.rows.flatMap(({ title }, r) => {
    const top = HEAD + r * high;
    const rule = svg('line', { x1: 0, x2: NAMES + sets.length * wide, y1: top, y2: top, stroke: look.line }); // prettier-ignore
    const numbers = sets.flatMap(({ at }, s) =>
      layers.flatMap((layer, l) => {
        const left = NAMES + s * wide;
        const y = top + 15 + l * LINE;
        const style = {
          fill: colours[layer],
          ...(layer === 'paper' && { 'font-style': 'italic' }),
        };
        return [
          text(left, y, MARKS[layer], { fill: colours[layer] }),
          ...table[r]![at]!.numbers.flatMap((number, c) => {
            const value = number[layer];
            if (!value) return [];
            const { digits } = columns[c]!;
            const spread = value.deviation === null ? '' : ` ±${value.deviation.toFixed(digits)}`;
            const said = `${value.mean.toFixed(digits).replace('-', '−')}${spread}`;
            const bold = number.best.includes(layer) ? { 'font-weight': 700 } : {};
            return [text(left + 18 + (c + 1) * NUMBER, y, said, { 'text-anchor': 'end', ...style, ...bold })]; // prettier-ignore
          }),
        ];
      }),
    );
    return [rule, text(8, top + high / 2 + 4, title, { 'font-weight': 600 }), ...numbers];
  });
  const frame = {
    width: Math.max(NAMES + sets.length * wide + 8, 640),
    height: HEAD + experiment.rows.length * high + 8,
    title: experiment.title,
    ground: look.ground,
    font: look.font,
  };
  return svgPicture(frame, [
    text(8, 16, legend(experiment, isRanked(table)), { fill: look.soft }),
    ...heads,
    ...rows,
  ]);
}
