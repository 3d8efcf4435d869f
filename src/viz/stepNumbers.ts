import type { FrameLayout, Section } from '../protocol/frame.ts';
import type { Condition } from '../protocol/theatre.ts';

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

const ACTIVE = 1e-6;
const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/**
 * The numbers of frame `index`, from what the frame holds: d_l = bottomUp_l − e_l (l < L) − φ(z_l)·V_l − λ·sign(z_l) − γ·z_l.
 * Null while there is no frame. Nothing moves a silent neuron.
 */
export function stepNumbers(source: StepSource, index = source.shown): StepNumbers | null {
  const layout = source.info?.layout;
  const condition = source.conditionAt(index);
  if (layout === undefined || condition === null) return null;
  const energies = source.read(layout.energy, index);
  if (energies === null) return null;
  const { beta, leak, laplace } = condition.steering;
  const none = new Float32Array(0);
  const at = (section: Section | undefined) => (section && source.read(section, index)) ?? none;
  const corrections: number[] = [];
  const competitions: number[] = [];
  const active: number[] = [];
  layout.z.forEach((section, i) => {
    const layer = i + 1;
    const z = at(section);
    const bottomUp = at(layout.bottomUp[i]);
    const lateral = at(layout.lateral[i]);
    const errors = at(layout.errors[layer]);
    const phi = at(layout.states[i]);
    const silent = silentNeurons(condition, layer);
    let moved = 0;
    let taken = 0;
    let firing = 0;
    for (let j = 0; j < z.length; j++) {
      if (phi[j]! > ACTIVE) firing++;
      if (silent === 'all' || silent.has(j)) continue;
      const d =
        bottomUp[j]! - (errors[j] ?? 0) - lateral[j]! - laplace * Math.sign(z[j]!) - leak * z[j]!;
      moved += Math.abs(beta * d);
      taken += Math.abs(beta * lateral[j]!);
    }
    const size = Math.max(1, z.length);
    corrections.push(moved / size);
    competitions.push(taken / size);
    active.push(firing / size);
  });
  const discrepancy = (i: number) => finite(source.read(layout.discrepancy, i)?.[0]);
  const earlier = index > 0 ? source.read(layout.energy, index - 1) : null;
  return {
    discrepancy: discrepancy(index),
    before: index > 0 ? discrepancy(index - 1) : null,
    energies: [...energies],
    energiesBefore: earlier && [...earlier],
    corrections,
    competitions,
    active,
  };
}

function silentNeurons({ lesions }: Condition, layer: number): 'all' | ReadonlySet<number> {
  if (lesions.layers.includes(layer)) return 'all';
  return new Set(lesions.units.filter((unit) => unit.layer === layer).map(({ index }) => index));
}
