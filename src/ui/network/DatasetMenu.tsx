import type { DatasetId } from '../../protocol/reports.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { network as words } from './words.ts';

/** The entry for files the user opened; it cannot be chosen, only left. */
const OWN_FILES = 'own files';
const DATASET_IDS = Object.keys(words.datasets) as DatasetId[];

/** Which pictures examples are taken from, and a network learns from. */
export function DatasetMenu() {
  const { actions } = useApp();
  const ready = useAppState((s) => s.report !== null);
  const title = useAppState((s) => s.data?.title);
  const dataset = useAppState((s) => s.setUp.dataset);
  const missing = useAppState((s) => s.missing);
  const ownFiles = useAppState((s) => s.ownFiles);
  return (
    <select
      aria-label={words.dataset}
      value={ownFiles ? OWN_FILES : dataset}
      disabled={!ready}
      onChange={(event) => void actions.selectDataset(event.target.value as DatasetId)}
    >
      {ownFiles && <option value={OWN_FILES}>{title}</option>}
      {DATASET_IDS.map((id) => (
        <option key={id} value={id} disabled={missing.includes(id)}>
          {missing.includes(id) ? words.missing(words.datasets[id]) : words.datasets[id]}
        </option>
      ))}
    </select>
  );
}
