import type { DataReport, DrawingsReport, ImageChange, LookReport, StagedReport } from '../../protocol/data.ts'; // prettier-ignore
import type { DatasetId } from '../../protocol/reports.ts';

/** Images that were opened, and are looked at. */
export interface StagedImages {
  readonly report: StagedReport;
  readonly change: ImageChange;
  /** Whether they are to stay in this browser once they are used. */
  readonly keep: boolean;
  /** Some of them as they will be learnt from; null until the engine has shown them. */
  readonly look: LookReport | null;
}

/** What the data dialog shows; null: it is closed. */
export type DataView = 'datasets' | 'drawings' | null;

/** A person's own data. What is kept outlives the engine; what is only staged does not. */
export interface OwnDataSlice {
  /** The published datasets that the user lets the page fetch from public mirrors. */
  readonly mirrors: readonly DatasetId[];
  /** The one whose mirror the user would rather not be offered now. */
  readonly declined: DatasetId | null;
  readonly dataView: DataView;
  /** Every dataset there is; null until the engine has told. */
  readonly dataReport: DataReport | null;
  /** The published dataset that is being fetched to be kept. */
  readonly fetching: string | null;
  /** What was deleted last of the own images, and can be brought back. */
  readonly removedSet: string | null;
  /** All that are kept; null until they were asked for. */
  readonly drawings: DrawingsReport | null;
  /** The label of the drawing that was deleted last, and can be brought back. */
  readonly removedDrawing: string | null;
  /** Whether small variations of drawings are learnt from too. */
  readonly varyDrawings: boolean;
}

/** What goes with the engine. */
export interface StagedSlice {
  readonly stagedImages: StagedImages | null;
}

export const initialStaged: StagedSlice = { stagedImages: null };

export const initialOwnData: OwnDataSlice = {
  mirrors: [],
  declined: null,
  dataView: null,
  dataReport: null,
  fetching: null,
  removedSet: null,
  drawings: null,
  removedDrawing: null,
  varyDrawings: false,
};
