import type { Stage } from '../../store/state.ts';
import { useAppState } from '../parts/context.ts';

/** What stands in the middle: what was chosen, as far as there is such a thing here. */
export function useStage(): Stage {
  return useAppState(({ stage, setUp }): Stage => {
    if (stage === 'contests') return setUp.density === 'story' ? 'layers' : stage;
    return stage === 'learning' && setUp.mode !== 'train' ? 'layers' : stage;
  });
}
