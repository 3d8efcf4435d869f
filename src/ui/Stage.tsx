import { Contests } from './Contests.tsx';
import { useAppState } from './context.ts';
import { Hierarchy } from './Hierarchy.tsx';
import { usePhaseDriver } from './phase.ts';
import { StepCaption } from './StepCaption.tsx';
import { TheatreBar } from './TheatreBar.tsx';

/** The middle of the page: the network while it settles or learns, and what is said about it. */
export function Stage() {
  usePhaseDriver();
  const stage = useAppState((s) => s.stage);
  return (
    <div className="theatre">
      <TheatreBar />
      <StepCaption />
      <div className="theatre-room">{stage === 'contests' ? <Contests /> : <Hierarchy />}</div>
    </div>
  );
}
