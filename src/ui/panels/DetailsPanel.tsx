import { PANELS } from '../../store/urlState.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { Tabs } from '../parts/Tabs.tsx';
import { CompositionPanel } from './composition/CompositionPanel.tsx';
import { CurvesPanel } from './curves/CurvesPanel.tsx';
import { FieldsPanel } from './fields/FieldsPanel.tsx';
import { NeuronPanel } from './neuron/NeuronPanel.tsx';
import { SparsityPanel } from './sparsity/SparsityPanel.tsx';
import { details } from './words.ts';
import styles from './DetailsPanel.module.css';

const CONTENTS = {
  neuron: NeuronPanel,
  composition: CompositionPanel,
  fields: FieldsPanel,
  sparsity: SparsityPanel,
  curves: CurvesPanel,
};
const { tabs } = details;

/** The right-hand panel: a neuron, the picture as a sum of fields, all fields, who is active, the curves. */
export function DetailsPanel() {
  const { actions } = useApp();
  const panel = useAppState((s) => s.setUp.panel);
  const Content = CONTENTS[panel];
  return (
    <aside className={styles.details} aria-label={details.label}>
      <Tabs
        label={details.label}
        className={styles.tabs}
        underlined
        value={panel}
        options={PANELS.map((value) => ({ value, label: tabs[value] }))}
        onChange={actions.showPanel}
        panel="details-panel"
      />
      {/* Each panel begins at its top. */}
      <div
        key={panel}
        id="details-panel"
        className={styles.panel}
        role="tabpanel"
        aria-label={tabs[panel]}
      >
        <Content />
      </div>
    </aside>
  );
}
