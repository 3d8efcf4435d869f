import type { BenchResult, Spread } from '../../shared/bench.ts';

const HEADINGS = ['backend', 'way', 'B', 'ms a step', 'GFLOP/s', 'of ceiling', 'ms a batch', 'images/s', 'JS ms a batch']; // prettier-ignore

const digits = (value: number) => {
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

/** A table in Markdown that also reads well on a terminal. */
export function benchTable(results: readonly BenchResult[]): string {
  const lines = [HEADINGS, ...results.map(cells)];
  const widths = HEADINGS.map((_, c) => Math.max(...lines.map((line) => line[c]!.length)));
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, c) => (c < 2 ? text.padEnd(widths[c]!) : text.padStart(widths[c]!))).join(' | ')} |`;
  const rule = widths.map((width, c) => (c < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(HEADINGS), line(rule), ...lines.slice(1).map(line)].join('\n');
}
