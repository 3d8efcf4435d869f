import type { BenchResult, Spread } from '../../shared/bench.ts';

const HEADINGS = ['backend', 'way', 'B', 'ms a step', 'GFLOP/s', 'of ceiling', 'ms a batch', 'images/s', 'JS ms a batch']; // prettier-ignore

/** A number as tables have it. */
export const digits = (value: number): string => {
  const places = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(places);
};
const number = (value: number | null) => (value === null ? '—' : digits(value));
const range = (spread: Spread | null) =>
  spread === null
    ? '—'
    : spread.low === spread.high
      ? digits(spread.median)
      : `${digits(spread.median)} (${digits(spread.low)}–${digits(spread.high)})`;

/** The cells of a result, in the order of the headings. "~": composed of T steps and an update. */
function cells(result: BenchResult): string[] {
  const { backend, way, rows, step, gflops, ceiling, batch, whole } = result;
  return [
    backend,
    way,
    String(rows),
    step === null ? 'too slow' : range(step),
    number(gflops),
    ceiling === null ? '—' : `${Math.round(100 * ceiling)} %`,
    batch === null ? '—' : `${whole ? '' : '~'}${range(batch)}`,
    number(result.imagesPerSecond),
    number(result.scriptTime),
  ];
}

/** A table in Markdown that also reads well on a terminal; the first `texts` columns are text, the others numbers. */
export function markdownTable(lines: readonly (readonly string[])[], texts: number): string {
  const [headings = [], ...rest] = lines;
  const widths = headings.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => (c < texts ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join(' | ')} |`;
  const rule = widths.map((width, c) =>
    c < texts ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(headings), line(rule), ...rest.map(line)].join('\n');
}

/** What every way of computing does. */
export const benchTable = (results: readonly BenchResult[]): string =>
  markdownTable([HEADINGS, ...results.map(cells)], 2);
