import { PANELS } from '../store/urlState.ts';
import { useApp, useAppState } from './context.ts';
import { Tabs } from './controls.tsx';
import { CurvesPanel } from './CurvesPanel.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { NeuronPanel } from './NeuronPanel.tsx';
import { strings } from './strings.ts';

const CONTENTS = { neuron: NeuronPanel, fields: FieldsPanel, curves: CurvesPanel };

/** The right-hand panel: a neuron, the fields, the curves. */
export function DetailsPanel() {
  const { actions } = useApp();
  const panel = useAppState((s) => s.setUp.panel);
  const Content = CONTENTS[panel];
  return (
    <aside className="details" aria-label={strings.panels.label}>
      <Tabs
        label={strings.panels.label}
        className="panel-tabs"
        value={panel}
        options={PANELS.map((value) => ({ value, label: strings.panels[value] }))}
        onChange={actions.showPanel}
        panel="details-panel"
      />
      <div id="details-panel" role="tabpanel" aria-label={strings.panels[panel]}>
        <Content />
      </div>
    </aside>
  );
}
