import type { ReactNode } from 'react';
import { useRef } from 'react';
import { PANELS } from '../../store/urlState.ts';
import { ImaginingsPanel } from '../imaginings/ImaginingsPanel.tsx';
import { useApp, useAppState } from '../parts/context.ts';
import { useGoesOn } from '../parts/overflow.ts';
import { Tabs } from '../parts/Tabs.tsx';
import { CompositionPanel } from './composition/CompositionPanel.tsx';
import { CurvesPanel } from './curves/CurvesPanel.tsx';
import { FieldsPanel } from './fields/FieldsPanel.tsx';
import { HealthPanel } from './health/HealthPanel.tsx';
import { LatentsPanel } from './latents/LatentsPanel.tsx';
import { NeuronPanel } from './neuron/NeuronPanel.tsx';
import { RunsPanel } from './runs/RunsPanel.tsx';
import { SparsityPanel } from './sparsity/SparsityPanel.tsx';
import { details } from './words.ts';
import styles from './DetailsPanel.module.css';

const CONTENTS = {
  imaginings: ImaginingsPanel,
  neuron: NeuronPanel,
  composition: CompositionPanel,
  fields: FieldsPanel,
  latents: LatentsPanel,
  sparsity: SparsityPanel,
  curves: CurvesPanel,
  health: HealthPanel,
  runs: RunsPanel,
};
const { tabs } = details;
/** This part of the height is a page further down: a line of the last one stays. */
const PAGE = 0.85;

/** The right-hand panel: other ways to go on, a neuron, the picture as a sum of fields, all fields, a map of codes, who is active, the curves, how the network fares, runs that are kept. */
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
      <Scrolling key={panel} label={tabs[panel]}>
        <Content />
      </Scrolling>
    </aside>
  );
}

/** The panel of a tab; what does not fit is announced at its lower edge. */
function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null);
  const goesOn = useGoesOn(panel);
  const goOn = () => {
    const element = panel.current;
    element?.scrollBy({ top: element.clientHeight * PAGE, behavior: 'smooth' });
  };
  return (
    <div className={styles.room}>
      <div
        ref={panel}
        id="details-panel"
        className={styles.panel}
        role="tabpanel"
        aria-label={label}
      >
        <div>{children}</div>
      </div>
      {goesOn && (
        <div className={styles.more}>
          <button type="button" tabIndex={-1} onClick={goOn} data-testid="more-below">
            {details.more}
          </button>
        </div>
      )}
    </div>
  );
}
