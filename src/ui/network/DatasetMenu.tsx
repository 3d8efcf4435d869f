import type { DatasetId } from '../../protocol/reports.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';

type Named = keyof typeof words.datasets;

/** The entry for files the user opened; it cannot be chosen, only left. */
const OWN_FILES = 'own files';
/** Before the id of images of the user's own that are kept. */
const KEPT = 'kept ';
/** No dataset, but the way to all data. */
const YOUR_DATA = 'your data';
const DATASET_IDS = Object.keys(words.datasets) as Named[];

/** Which pictures examples are taken from, and a network learns from. */
export function DatasetMenu() {
  const { actions } = useApp();
  const ready = useAppState((s) => s.report !== null);
  const title = useAppState((s) => s.data?.title);
  const own = useAppState((s) => s.data?.own);
  const dataset = useAppState((s) => s.setUp.dataset);
  const missing = useAppState((s) => s.missing);
  const staged = useAppState((s) => s.stagedImages?.report.title);
  const kept = useAppState((s) => s.dataReport?.own) ?? [];
  const drawings = useAppState((s) => s.dataReport?.drawings ?? 0);
  const least = useAppState((s) => s.dataReport?.leastDrawings ?? Infinity);
  const value = own === undefined ? dataset : own === null ? OWN_FILES : KEPT + own;
  const unlisted = own !== undefined && !kept.some(({ id }) => id === own);
  const choose = (next: string) => {
    if (next === YOUR_DATA) void actions.showData('datasets');
    else if (next.startsWith(KEPT)) void actions.openOwnSet(next.slice(KEPT.length));
    else void actions.selectDataset(next as DatasetId);
  };
  return (
    <select
      aria-label={words.dataset}
      value={value}
      disabled={!ready}
      onChange={(event) => choose(event.target.value)}
    >
      {unlisted && <option value={value}>{title}</option>}
      {DATASET_IDS.map((id) => (
        <option key={id} value={id} disabled={missing.includes(id)}>
          {missing.includes(id) ? words.missing(words.datasets[id]) : words.datasets[id]}
        </option>
      ))}
      <option value="drawings" disabled={drawings < least}>
        {words.drawings(drawings, Number.isFinite(least) ? least : 0)}
      </option>
      {kept.map((set) => (
        <option key={set.id} value={KEPT + set.id}>
          {set.title}
        </option>
      ))}
      {staged !== undefined && (
        <option value="staged" disabled>
          {words.staged(staged)}
        </option>
      )}
      <option value={YOUR_DATA}>{words.yourData}</option>
    </select>
  );
}
