import { useAppState } from '../parts/context.ts';
import { ContestStage } from './ContestStage.tsx';
import { Hierarchy } from './Hierarchy.tsx';
import { StageBar } from './StageBar.tsx';
import { StepCaption } from './StepCaption.tsx';
import { usePhaseDriver } from './usePhaseDriver.ts';
import styles from './Stage.module.css';

/** The middle of the page: the network while it settles or learns, and what is said about it. */
export function Stage() {
  usePhaseDriver();
  const stage = useAppState((s) => s.stage);
  return (
    <div className={styles.stage}>
      <StageBar />
      <StepCaption />
      <div className={styles.room}>{stage === 'contests' ? <ContestStage /> : <Hierarchy />}</div>
    </div>
  );
}
