import { useEffect } from 'react';
import type { AppState } from '../../store/state.ts';
import { later } from '../parts/later.tsx';
import { useAppState } from '../parts/context.ts';

/** The parts of the page that its first picture does without: they come after it, or when somebody asks for them. */
export const lab = later(async () => (await import('../lab/Lab.tsx')).Lab);
export const hall = later(async () => (await import('../exhibits/Hall.tsx')).Hall);
export const details = later(async () => (await import('../panels/DetailsPanel.tsx')).DetailsPanel);
export const trainPanel = later(async () => (await import('../run/TrainPanel.tsx')).TrainPanel);
export const samplePanel = later(async () => (await import('../sampling/SamplePanel.tsx')).SamplePanel); // prettier-ignore
export const sampleStage = later(async () => (await import('../sampling/SampleStage.tsx')).SampleStage); // prettier-ignore
export const dialogs = later(async () => (await import('./Dialogs.tsx')).Dialogs);

const ALL = [details, dialogs, trainPanel, samplePanel, sampleStage, hall, lab];

/** Whether the first picture is done: the data come after it. */
const isSettledIn = ({ data, engine }: AppState) => data !== null || engine === 'failed';

const asksForDialog = (s: AppState) =>
  s.settingsOpen || s.helpOpen || s.benchOpen || s.sharedLink !== null || s.runsBeside !== null || s.dataView !== null || s.stagedImages !== null; // prettier-ignore

/** Has every part come, one after the other, once the first picture is done. Returns whether dialogs may be wanted. */
export function useParts(): boolean {
  const rest = useAppState(isSettledIn);
  const asked = useAppState(asksForDialog);
  useEffect(() => {
    if (!rest) return;
    void ALL.reduce((before, part) => before.then(part.fetch), Promise.resolve());
  }, [rest]);
  return rest || asked;
}
