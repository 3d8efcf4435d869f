import type { CellResult } from '../../experiments/result.ts';

const quoted = (value: string | number) =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/** Every number of every result, a line each: for whoever computes on. */
export function csvOf(results: readonly CellResult[]): string {
  const head = ['experiment', 'row', 'dataset', 'point', 'seed', 'budget', 'state', 'name', 'value', 'images']; // prettier-ignore
  const lines = results.flatMap((result) => {
    const { experiment, row, dataset, point, seed, state, numbers, origin } = result;
    const place = [experiment, row, dataset, point ?? '', seed, origin.budget, state];
    const named = Object.entries(numbers).filter(([name]) => !name.startsWith('n.'));
    return named.map(([name, value]) => [...place, name, value, numbers[`n.${name}`] ?? '']);
  });
  return [head, ...lines].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}
