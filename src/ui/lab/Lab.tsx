import { useEffect } from 'react';
import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { SIDE_BY_SIDE } from '../../store/labViews.ts';
import { useApp, useAppState } from '../parts/context.ts';
import { page } from '../app/words.ts';
import { ExperimentList } from './ExperimentList.tsx';
import { ExperimentView } from './ExperimentView.tsx';
import { PlacePanel } from './PlacePanel.tsx';
import { SideBySide } from './SideBySide.tsx';
import styles from './Lab.module.css';

/** Experiments: what the paper says, what we found, what comes out here. */
export function Lab() {
  const { actions } = useApp();
  const view = useAppState((s) => s.setUp.experiment);
  const experiment = EXPERIMENTS.find(({ id }) => id === view);
  const place = useAppState((s) => s.labPlace);
  useEffect(() => void actions.visitLab(view), [actions, view]);
  return (
    <main id="stage" className={styles.lab} role="tabpanel" aria-label={page.modes.lab}>
      <ExperimentList />
      {view === SIDE_BY_SIDE && <SideBySide />}
      {experiment && <ExperimentView key={experiment.id} experiment={experiment} />}
      {experiment && place && <PlacePanel experiment={experiment} place={place} />}
    </main>
  );
}
