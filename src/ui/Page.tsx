import { useEffect } from 'react';
import type { App } from '../store/app.ts';
import { AppContext, useAppState } from './context.ts';
import { BenchDialog } from './BenchDialog.tsx';
import { DetailsPanel } from './DetailsPanel.tsx';
import { HelpDialog, ShareDialog } from './Dialogs.tsx';
import { DrawingPanel } from './DrawingPanel.tsx';
import { Messages } from './Messages.tsx';
import { Metrics } from './Metrics.tsx';
import { NetworkPanel } from './NetworkPanel.tsx';
import { Now } from './Now.tsx';
import { SamplePanel, SampleStage } from './Sampling.tsx';
import { SettingsDrawer } from './SettingsDrawer.tsx';
import { SideTools } from './SideTools.tsx';
import { Stage } from './Stage.tsx';
import { strings } from './strings.ts';
import { useLook, useLookInStyles } from './theme.ts';
import { Timeline } from './Timeline.tsx';
import { TopBar } from './TopBar.tsx';
import { TrainPanel } from './TrainPanel.tsx';
import { useDrop } from './useDrop.ts';
import { useShortcuts } from './useShortcuts.ts';

/** The whole page around a running app. */
export function Page({ app }: { app: App }) {
  return (
    <AppContext value={app}>
      <Layout />
    </AppContext>
  );
}

const SIDE_PANELS = { complete: DrawingPanel, train: TrainPanel, sample: SamplePanel };

function Layout() {
  const mode = useAppState((s) => s.setUp.mode);
  useLookInStyles(useLook());
  useShortcuts();
  const presenting = useAppState((s) => s.presenting);
  useEffect(() => {
    // Everything is measured in rem: larger type enlarges the page.
    document.documentElement.toggleAttribute('data-presenting', presenting);
  }, [presenting]);
  const dropping = useDrop();
  const SidePanel = SIDE_PANELS[mode];
  return (
    <div className={`page mode-${mode}${presenting ? ' presenting' : ''}`}>
      <TopBar />
      <div className="side">
        <SidePanel />
        {mode === 'complete' ? <SideTools /> : <NetworkPanel />}
      </div>
      <main id="stage" role="tabpanel" aria-label={strings.modes[mode]}>
        {mode === 'sample' ? <SampleStage /> : <Stage />}
      </main>
      <DetailsPanel />
      <footer>
        <Now />
        {mode !== 'sample' && (
          <>
            <Timeline />
            <Metrics />
          </>
        )}
      </footer>
      <SettingsDrawer />
      <Messages />
      <HelpDialog />
      <BenchDialog />
      <ShareDialog />
      {dropping && <div className="drop-here">{strings.drop}</div>}
    </div>
  );
}
