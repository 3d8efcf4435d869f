import { useEffect } from 'react';
import type { App } from '../../store/app.ts';
import type { Density, TheatreMode } from '../../store/urlState.ts';
import { DrawingPanel } from '../drawing/DrawingPanel.tsx';
import { Menus } from '../network/Menus.tsx';
import { NetworkPanel } from '../network/NetworkPanel.tsx';
import { SideTools } from '../network/SideTools.tsx';
import { StoryPanel } from '../panels/StoryPanel.tsx';
import { AppContext, useAppState } from '../parts/context.ts';
import { useLook, useLookInStyles } from '../parts/theme.ts';
import { Metrics } from '../run/Metrics.tsx';
import { StatusLine } from '../run/StatusLine.tsx';
import { StoryNumber } from '../run/StoryNumber.tsx';
import { Stage } from '../stage/Stage.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { BottomLine } from './BottomLine.tsx';
import {
  details,
  dialogs,
  hall,
  lab,
  samplePanel,
  sampleStage,
  trainPanel,
  useParts,
} from './parts.ts';
import { TopBar } from './TopBar.tsx';
import { useDrop } from './useDrop.ts';
import { useShortcuts } from './useShortcuts.ts';
import { page } from './words.ts';
import styles from './Page.module.css';

/** The whole page around a running app. */
export function Page({ app }: { app: App }) {
  return (
    <AppContext value={app}>
      <Layout />
    </AppContext>
  );
}

const SIDE_PANELS = { complete: DrawingPanel, train: trainPanel.Part, sample: samplePanel.Part };

function Layout() {
  const mode = useAppState((s) => s.setUp.mode);
  const density = useAppState((s) => s.setUp.density);
  useLookInStyles(useLook());
  useShortcuts();
  const presenting = useAppState((s) => s.presenting);
  useEffect(() => {
    // Everything is measured in rem: larger type enlarges the page.
    document.documentElement.toggleAttribute('data-presenting', presenting);
  }, [presenting]);
  const opens = useParts();
  const dropping = useDrop();
  return (
    <div className={styles.page} data-mode={mode} data-density={density}>
      <TopBar />
      {mode === 'lab' ? (
        <lab.Part />
      ) : mode === 'exhibits' ? (
        <hall.Part />
      ) : (
        <Theatre mode={mode} density={density} />
      )}
      <BottomLine />
      {opens && <dialogs.Part />}
      {dropping && <div className={styles.drop}>{page.drop}</div>}
    </div>
  );
}

/** One network, and everything about it. */
function Theatre({ mode, density }: { mode: TheatreMode; density: Density }) {
  const SidePanel = SIDE_PANELS[mode];
  return (
    <>
      <div className={styles.side}>
        <SidePanel />
        {mode !== 'complete' ? <NetworkPanel /> : density === 'story' ? <Menus /> : <SideTools />}
      </div>
      <main id="stage" className={styles.stage} role="tabpanel" aria-label={page.modes[mode]}>
        {mode === 'sample' ? <sampleStage.Part /> : <Stage />}
      </main>
      {density === 'story' ? <StoryPanel /> : <details.Part />}
      <footer className={styles.footer}>
        <StatusLine />
        {mode !== 'sample' && (
          <>
            <Timeline />
            {density === 'story' ? <StoryNumber /> : <Metrics />}
          </>
        )}
      </footer>
    </>
  );
}
