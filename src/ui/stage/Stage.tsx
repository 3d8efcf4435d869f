import { useRef } from 'react';
import { classes } from '../parts/classes.ts';
import { LearningStage } from '../learning/LearningStage.tsx';
import { useAppState } from '../parts/context.ts';
import { ContestStage } from './ContestStage.tsx';
import { Hierarchy } from './Hierarchy.tsx';
import { ScalesContext, useFrameScales } from './ScalesContext.ts';
import { StageBar } from './StageBar.tsx';
import { StepCaption } from './StepCaption.tsx';
import { usePhaseDriver } from './usePhaseDriver.ts';
import { useStage } from './useStage.ts';
import styles from './Stage.module.css';

const STAGES = { layers: Hierarchy, contests: ContestStage, learning: LearningStage };

/**
 * The middle of the page: the network while it settles or learns, and what is said about it. What is said has room of its own, so that
 * the network never moves.
 */
export function Stage() {
  usePhaseDriver();
  const room = useRef<HTMLDivElement>(null);
  const story = useAppState((s) => s.setUp.density === 'story');
  const Shown = STAGES[useStage()];
  return (
    <ScalesContext value={useFrameScales()}>
      <div className={styles.stage}>
        <div className={classes(styles.top, story && styles.story)}>
          <StageBar story={story} picture={room} />
          <StepCaption story={story} />
        </div>
        <div ref={room} className={styles.room}>
          <Shown />
        </div>
      </div>
    </ScalesContext>
  );
}
