import type { Phase } from '../../store/state.ts';

/** What flows in each part of a step: its colour, the same everywhere. */
export const PHASE_FLOWS: Record<Phase, 'down' | 'up' | 'state' | 'side' | 'learn'> = {
  predict: 'down',
  error: 'up',
  correct: 'state',
  compete: 'side',
  learn: 'learn',
};
