import type { AppState, Phase } from '../../store/state.ts';
import { useAppState } from '../parts/context.ts';

/** The part of the step that is lit: the one the user holds on to, or the one that is running. */
export const phaseOf = (state: Pick<AppState, 'heldPhase' | 'runningPhase'>): Phase | null =>
  state.heldPhase ?? state.runningPhase;

export const usePhase = (): Phase | null => useAppState(phaseOf);

/** Whether a caption explains the step: in slow motion, after single steps, or because a part is held on to. */
export function useExplained(): boolean {
  return useAppState((s) => s.setUp.mode !== 'sample' && (s.stepping || s.heldPhase !== null));
}
