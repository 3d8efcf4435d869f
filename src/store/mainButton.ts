import type { AppState } from './state.ts';

/** What the main button of the page can say. */
export type Press = 'settle' | 'startTraining' | 'drawSamples' | 'pauseSettling' | 'pauseTraining';

const STARTS = {
  complete: 'settle',
  train: 'startTraining',
  sample: 'drawSamples',
  lab: null,
  exhibits: null,
} as const;

/** Whether there is something to pause. */
export function isRunning({ activity }: Pick<AppState, 'activity'>): boolean {
  return activity === 'settling' || activity === 'training';
}

/** What the main button says: to start what belongs to the mode, or to pause what runs. Null in the Lab and the hall, which have their own. */
export function mainButton(state: Pick<AppState, 'activity' | 'setUp'>): Press | null {
  const { mode } = state.setUp;
  if (STARTS[mode] === null || !isRunning(state)) return STARTS[mode];
  return mode === 'train' ? 'pauseTraining' : 'pauseSettling';
}
