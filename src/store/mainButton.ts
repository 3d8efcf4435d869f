import type { AppState } from './state.ts';

/** What the main button of the page can say. */
export type Press = 'settle' | 'startTraining' | 'drawSamples' | 'pauseSettling' | 'pauseTraining';

const STARTS = { complete: 'settle', train: 'startTraining', sample: 'drawSamples' } as const;

/** Whether there is something to pause. */
export function isRunning({ activity }: Pick<AppState, 'activity'>): boolean {
  return activity === 'settling' || activity === 'training';
}

/** What the main button says: to start what belongs to the mode, or to pause what runs. */
export function mainButton(state: Pick<AppState, 'activity' | 'setUp'>): Press {
  const { mode } = state.setUp;
  if (!isRunning(state)) return STARTS[mode];
  return mode === 'train' ? 'pauseTraining' : 'pauseSettling';
}
