import type { CellResult } from '../../experiments/result.ts';
import type { Place } from '../../experiments/layers.ts';

/** What the Lab knows and shows. */
export interface LabSlice {
  /** What is shipped, by experiment; absent: not looked for yet. */
  readonly labShipped: Readonly<Record<string, readonly CellResult[]>>;
  /** What was run here, by experiment. */
  readonly labOwn: Readonly<Record<string, readonly CellResult[]>>;
  /** The place whose cells are looked at. */
  readonly labPlace: Place | null;
}

export const initialLab: LabSlice = {
  labShipped: {},
  labOwn: {},
  labPlace: null,
};
