import type { Place } from '../../experiments/layers.ts';
import type { CellResult } from '../../experiments/result.ts';
import type { LabRun } from '../../protocol/lab.ts';

/** What the Lab knows and shows; it outlives the engine of the theatre. */
export interface LabSlice {
  /** What is shipped, by experiment; null: being read; absent: not looked for yet. */
  readonly labShipped: Readonly<Record<string, readonly CellResult[] | null>>;
  /** What was run here, by experiment. */
  readonly labOwn: Readonly<Record<string, readonly CellResult[]>>;
  /** Whether what was run here is known; failed: its worker has stopped. */
  readonly labWorker: 'off' | 'opening' | 'ready' | 'failed';
  /** What runs now. */
  readonly labRun: LabRun | null;
  /** A run was asked for, or asked to stop, and has not begun or ended yet. */
  readonly labTurning: 'starting' | 'stopping' | null;
  /** Cells that could not be run, by experiment and key, and why. */
  readonly labFailed: Readonly<Record<string, string>>;
  /** The place whose cells are looked at. */
  readonly labPlace: Place | null;
}

export const initialLab: LabSlice = {
  labShipped: {},
  labOwn: {},
  labWorker: 'off',
  labRun: null,
  labTurning: null,
  labFailed: {},
  labPlace: null,
};
