import type { HistoryPoint } from '../protocol/snapshot.ts';

const cell = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value)); // prettier-ignore

/**
 * The curves of a training as a table: a line a point; what a point does not tell is empty. Nats an image, shares 0 … 1.
 * @param matrices names of what `weightChanges` are of
 */
export function curvesCsv(points: readonly HistoryPoint[], matrices: readonly string[]): string {
  const layers = Math.max(0, ...points.map(({ sparsity }) => sparsity.length));
  const rhos = Array.from({ length: layers }, (_, l) => `active_share_${l + 1}`);
  const head = ['images', 'train_bce', 'validation_bce', ...rhos, 'total_discrepancy', 'mmse', ...matrices.map((name) => `change_${name}`), 'changes']; // prettier-ignore
  const lines = points.map((point) => {
    const changes = point.changes.map(({ key, value }) => `${key}=${JSON.stringify(value)}`);
    return [
      String(point.imagesSeen),
      cell(point.trainBce),
      cell(point.validationBce),
      ...rhos.map((_, l) => cell(point.sparsity[l])),
      cell(point.discrepancy),
      cell(point.mmse),
      ...matrices.map((_, i) => cell(point.weightChanges[i])),
      changes.length === 0 ? '' : `"${changes.join(' ').replaceAll('"', '""')}"`,
    ].join(',');
  });
  return `${[head.join(','), ...lines].join('\n')}\n`;
}
