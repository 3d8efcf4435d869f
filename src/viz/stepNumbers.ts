import type { FrameLayout, Section } from '../protocol/frame.ts';
import type { Condition } from '../protocol/condition.ts';

/** Where frames come from, as far as the numbers of a step need it. */
export interface StepSource {
  readonly info: { readonly layout: FrameLayout } | null;
  /** Index of the frame on show. */
  readonly shown: number;
  read(section: Section, index: number): Float32Array | null;
  conditionAt(index: number): Condition | null;
}

/** What a settling step did and will do, in a few numbers. */
export interface StepNumbers {
  /** Total discrepancy ψ in nats at the frame on show, and at the one before; null where it is not known. */
  readonly discrepancy: number | null;
  readonly before: number | null;
  /** ‖e_l‖² of layer l = 0 … L−1, and in the frame before (null at the first). */
  readonly energies: readonly number[];
  readonly energiesBefore: readonly number[] | null;
  /** mean |β·d_l| of layer l at index l − 1: how far its states move next (Eqs. 13–15). */
  readonly corrections: readonly number[];
  /** mean |β·φ(z_l)·V_l| at index l − 1: the part of competition in it. */
  readonly competitions: readonly number[];
  /** Share of active neurons at index l − 1. */
  readonly active: readonly number[];
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** The mean size of some numbers. */
const meanSize = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length);

/** The numbers of frame `index`, from what the frame holds. Null while there is no frame. */
export function stepNumbers(source: StepSource, index = source.shown): StepNumbers | null {
  const layout = source.info?.layout;
  const condition = source.conditionAt(index);
  if (layout === undefined || condition === null) return null;
  const energies = source.read(layout.energy, index);
  if (energies === null) return null;
  const { beta } = condition.steering;
  const sizes = (sections: readonly Section[]) =>
    sections.map((section) => beta * meanSize(source.read(section, index) ?? new Float32Array(0)));
  const discrepancy = (i: number) => finite(source.read(layout.discrepancy, i)?.[0]);
  const earlier = index > 0 ? source.read(layout.energy, index - 1) : null;
  return {
    discrepancy: discrepancy(index),
    before: index > 0 ? discrepancy(index - 1) : null,
    energies: [...energies],
    energiesBefore: earlier && [...earlier],
    corrections: sizes(layout.change),
    competitions: sizes(layout.lateral),
    active: [...(source.read(layout.active, index) ?? [])],
  };
}
