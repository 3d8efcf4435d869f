import { EXHIBITS, isExhibit } from '../exhibits/exhibits.ts';
import type { ExhibitId } from '../exhibits/shown.ts';
import { ON_SHOW } from '../protocol/exhibits.ts';
import type { ExhibitsSlice } from './slices/exhibits.ts';

/** The slot of the exhibit that stands on show. */
export const SHOWN_SLOT = ON_SHOW;

/** The view of the hall that shows all exhibits. */
export const PLAN = 'plan';
/** What the hall shows: its plan, or an exhibit. */
export type HallView = ExhibitId | typeof PLAN;

/** What the hall can show, by the names that addresses use. */
export const HALL_VIEWS: readonly HallView[] = [PLAN, ...EXHIBITS.map(({ id }) => id)];

/** The exhibit of a view; null where it is the plan. */
export const exhibitIn = (view: HallView): ExhibitId | null => (isExhibit(view) ? view : null);

/** Whether running an exhibit begins it anew: it has come to its end, or stopped for a reason. */
export const exhibitStarts = (standing: ExhibitsSlice['exhibitStanding']): boolean =>
  standing === 'ended' || standing === 'failed';

/** The slot in which the miniature of an exhibit runs. */
export const miniatureSlot = (id: ExhibitId): number =>
  1 + EXHIBITS.findIndex((exhibit) => exhibit.id === id);
