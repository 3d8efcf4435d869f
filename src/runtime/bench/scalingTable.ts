import type { ScalingPoint, ScalingSeries } from './scaling.ts';
import { exponentOf } from './scaling.ts';
import { digits, markdownTable } from './table.ts';

const HEADINGS = ['ms', 'ms an update', 'MB', 'GFLOP', 'GFLOP/s'];

const text = (value: number | null) => (value === null ? '—' : digits(value));

function cells({ size, step, update, bytes, operations }: ScalingPoint): string[] {
  return [
    String(size),
    digits(step),
    text(update),
    text(bytes === null ? null : bytes / 1e6),
    (operations / 1e9).toPrecision(3),
    digits(operations / step / 1e6),
  ];
}

/** The powers with which columns grow; of the rate there is none to expect. */
function powers({ points }: ScalingSeries): string[] {
  const of = (value: (point: ScalingPoint) => number | null) => {
    const known = points.flatMap((point) => {
      const y = value(point);
      return y === null ? [] : [[point.size, y] as const];
    });
    return text(exponentOf(known));
  };
  return [
    'power',
    of(({ step }) => step),
    of(({ update }) => update),
    of(({ bytes }) => bytes),
    of(({ operations }) => operations),
    '—',
  ];
}

/** Every series as a table in Markdown; the last line are the fitted powers, that of the work beside that of the time. */
export function scalingTables(series: readonly ScalingSeries[]): string {
  return series
    .map(
      (one) =>
        `${one.what}:\n\n${markdownTable([[one.axis, ...HEADINGS], ...one.points.map(cells), powers(one)], 0)}`,
    )
    .join('\n\n');
}
