import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { DrawingSlice } from './slices/drawing.ts';
import { initialDrawing } from './slices/drawing.ts';
import type { EngineSlice } from './slices/engine.ts';
import { initialEngine } from './slices/engine.ts';
import type { InspectionSlice } from './slices/inspection.ts';
import { initialInspection } from './slices/inspection.ts';
import type { ExhibitsSlice } from './slices/exhibits.ts';
import { initialExhibits } from './slices/exhibits.ts';
import type { LabSlice } from './slices/lab.ts';
import { initialLab } from './slices/lab.ts';
import type { LabSideSlice } from './slices/labSide.ts';
import { initialLabSide } from './slices/labSide.ts';
import type { LearningSlice } from './slices/learning.ts';
import { initialLearning } from './slices/learning.ts';
import type { LatentChoices, LatentsSlice } from './slices/latents.ts';
import { initialLatentChoices, initialLatents } from './slices/latents.ts';
import type { OwnDataSlice, StagedSlice } from './slices/ownData.ts';
import { initialOwnData, initialStaged } from './slices/ownData.ts';
import type { PageSlice } from './slices/page.ts';
import { initialPage } from './slices/page.ts';
import type { RunSlice } from './slices/run.ts';
import { initialRun } from './slices/run.ts';
import type { RunsSlice } from './slices/runs.ts';
import { initialRuns } from './slices/runs.ts';
import type { RunsBesideSlice } from './slices/runsBeside.ts';
import { initialRunsBeside } from './slices/runsBeside.ts';
import type { SelectionSlice } from './slices/selection.ts';
import { initialSelection } from './slices/selection.ts';
import type { SetUpSlice } from './slices/setUp.ts';
import { initialSetUp } from './slices/setUp.ts';

// The words in which the page speaks of its state.
export type { Tool } from './slices/drawing.ts';
export type { ShownNotice } from './slices/page.ts';
export { isPointed, PHASES } from './slices/selection.ts';
export type {
  FieldsOrder,
  FieldsScale,
  Phase,
  Pin,
  Pointed,
  Stage,
  SynapsePin,
} from './slices/selection.ts';

/** Everything the page knows that does not change at frame rate. */
export type AppState = SetUpSlice &
  DrawingSlice &
  EngineSlice &
  RunSlice &
  InspectionSlice &
  SelectionSlice &
  LearningSlice &
  RunsSlice &
  RunsBesideSlice &
  LabSlice &
  LabSideSlice &
  ExhibitsSlice &
  LatentsSlice &
  LatentChoices &
  OwnDataSlice &
  StagedSlice &
  PageSlice;
export type AppStore = StoreApi<AppState>;

/** What a new engine starts from: nothing the one before said holds any more. */
export const FRESH_ENGINE = {
  ...initialEngine,
  ...initialRun,
  ...initialInspection,
  ...initialLearning,
  ...initialLatents,
  ...initialStaged,
};

export function createAppStore(): AppStore {
  return createStore<AppState>(() => ({
    ...initialSetUp,
    ...initialDrawing,
    ...FRESH_ENGINE,
    ...initialSelection,
    ...initialRuns,
    ...initialRunsBeside,
    ...initialLab,
    ...initialLabSide,
    ...initialExhibits,
    ...initialLatentChoices,
    ...initialOwnData,
    ...initialPage,
  }));
}
