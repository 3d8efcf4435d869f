import { useApp, useAppState } from '../parts/context.ts';
import { Tabs } from '../parts/Tabs.tsx';
import { lesionNames } from './lesionNames.ts';
import { LesionPanel } from './LesionPanel.tsx';
import { NetworkPanel } from './NetworkPanel.tsx';
import { useLesionHistory } from './useLesionHistory.ts';
import { side as words } from './words.ts';
import styles from './SideTools.module.css';

type Tool = 'network' | 'lesions';

/** Under the drawing: which network and data, or what is cut of the network. */
export function SideTools() {
  const { actions } = useApp();
  const tool = useAppState((s) => s.sideTool);
  const count = useAppState((s) => lesionNames(s.lesions).length);
  const history = useLesionHistory();
  const lesions = count === 0 ? words.lesions : `${words.lesions} (${count})`;
  return (
    <div className={styles.tools}>
      <Tabs<Tool>
        label={words.label}
        className={styles.tabs}
        underlined
        value={tool}
        options={[
          { value: 'network', label: words.network },
          { value: 'lesions', label: lesions },
        ]}
        onChange={actions.showSideTool}
        panel="side-tool"
      />
      <div id="side-tool" role="tabpanel" aria-label={words[tool]}>
        {tool === 'network' ? <NetworkPanel /> : <LesionPanel {...history} />}
      </div>
    </div>
  );
}
