import { ContestStage } from './ContestStage.tsx';
import { useAppState } from '../parts/context.ts';
import { Hierarchy } from './Hierarchy.tsx';
import { usePhaseDriver } from './usePhaseDriver.ts';
import { StepCaption } from './StepCaption.tsx';
import { StageBar } from './StageBar.tsx';

/** The middle of the page: the network while it settles or learns, and what is said about it. */
export function Stage() {
  usePhaseDriver();
  const stage = useAppState((s) => s.stage);
  return (
    <div className="theatre">
      <StageBar />
      <StepCaption />
      <div className="theatre-room">{stage === 'contests' ? <ContestStage /> : <Hierarchy />}</div>
    </div>
  );
}
