import type { DataView } from '../../store/slices/ownData.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { DatasetsTab } from './DatasetsTab.tsx';
import { DrawingsTab } from './DrawingsTab.tsx';
import { LastSaid } from './LastSaid.tsx';
import { data as words } from './words.ts';
import styles from './DataDialog.module.css';

type View = NonNullable<DataView>;

/** A person's own data: images, drawings, and the datasets that this browser keeps. */
export function DataDialog() {
  const { actions } = useApp();
  const view = useAppState((s) => s.dataView);
  const count = useAppState((s) => s.dataReport?.drawings ?? 0);
  if (view === null) return null;
  const labels: Record<View, string> = {
    datasets: words.datasets,
    drawings: words.drawings(count),
  };
  return (
    <Dialog
      label={words.heading}
      closeLabel={words.close}
      onClose={() => void actions.showData(null)}
    >
      <Tabs<View>
        label={words.tabs}
        className={styles.tabs}
        underlined
        value={view}
        options={(['datasets', 'drawings'] as const).map((value) => ({ value, label: labels[value] }))} // prettier-ignore
        onChange={(next) => void actions.showData(next)}
        panel="data-view"
      />
      <div id="data-view" role="tabpanel" aria-label={labels[view]} className={styles.view}>
        {view === 'datasets' ? <DatasetsTab /> : <DrawingsTab />}
      </div>
      <LastSaid />
    </Dialog>
  );
}
