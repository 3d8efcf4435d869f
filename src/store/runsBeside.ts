import type { RunSettled } from '../protocol/runsBeside.ts';
import { stretch } from './beside.ts';

/** What is shown of a run at one step: its last one where it settled for fewer. */
export interface RunAt {
  readonly step: number;
  /** [J0]. */
  readonly picture: Float32Array;
  /** φ(z_l) [J_l] of layer l at index l − 1. */
  readonly activity: readonly Float32Array[];
  /** ρ_1 … ρ_L. */
  readonly active: readonly number[];
  readonly seenBce: number;
  readonly hiddenBce: number | null;
  readonly discrepancy: number;
}

/** A run at a step. */
export function runAt(run: RunSettled, wanted: number): RunAt {
  const { steps } = run;
  const step = Math.min(wanted, steps);
  const at = (values: Float32Array) => stretch(values, steps, step)!;
  return {
    step,
    picture: at(run.pictures),
    activity: run.activity.map(at),
    active: run.active[step]!,
    seenBce: run.seenBce[step]!,
    hiddenBce: run.hiddenBce?.[step] ?? null,
    discrepancy: run.discrepancy[step]!,
  };
}

/** The last step that any of them made. */
export const lastStep = (runs: readonly RunSettled[]): number =>
  Math.max(0, ...runs.map(({ steps }) => steps));

/** The strongest activity of a layer at any step of these runs; and whether any is below zero. */
export interface ActivityRange {
  readonly high: number;
  readonly signed: boolean;
}

/** The range of one layer's activity over all steps of all these runs; runs without that layer do not count. */
export function activityRange(runs: readonly RunSettled[], layer: number): ActivityRange {
  let high = 0;
  let signed = false;
  for (const { activity } of runs)
    for (const value of activity[layer - 1] ?? []) {
      if (Number.isFinite(value)) high = Math.max(high, Math.abs(value));
      signed ||= value < 0;
    }
  return { high, signed };
}
