import { matrixName } from '../ngc/parameters.ts';
import type { SynapsesReport } from '../protocol/reports.ts';

/*
 * How a prediction of the pixels is put together from the fields of layer 1 (the paper's Table 4 and Fig. 6b), and who above
 * switched each of them on. Computed here from activity and synapses, so that scrubbing asks the engine nothing:
 *
 *   mu_0 = sigmoid( Σ_k φ(z_1)_k·W1[k] + Σ_j φ(z_2)_j·M2[j] )
 *   h_1[k] = Σ_j φ(z_2)_j·W2[j, k] + Σ_i φ(z_3)_i·M3[i, k]          and so on upwards            (Eq. 1)
 */

type Matrix = Pick<SynapsesReport, 'rows' | 'columns' | 'values'>;
/** Matrices by name; those that a network does not have are absent. */
export type Matrices = ReadonlyMap<string, Matrix>;

/** What a neuron above adds to the prediction h of one neuron, and who adds to its own. */
export interface Cause {
  readonly layer: number;
  readonly index: number;
  /** The synapses it acts through: W2, or past a layer M3. */
  readonly through: string;
  /** φ(z)·synapse: positive switches on. */
  readonly strength: number;
  /** The strongest first; empty at the top. */
  readonly causes: readonly Cause[];
}

/** One neuron of layer 1 as a part of the picture. */
export interface Part {
  readonly index: number;
  /** φ(z_1)_k. */
  readonly activity: number;
  /** |φ_k|·‖W1[k]‖: how much of the picture it draws. */
  readonly strength: number;
  /** φ_k·W1[k] [J0]: what it adds before the sigmoid. */
  readonly field: Float32Array;
  /** sigmoid of this part and all stronger ones together [J0]. */
  readonly running: Float32Array;
  readonly causes: readonly Cause[];
}

export interface Composition {
  /** The strongest neurons of layer 1, the strongest first. */
  readonly parts: readonly Part[];
  /** What all other neurons of layer 1 add before the sigmoid [J0]. */
  readonly others: Float32Array;
  /** What layer 2 adds through M2 before the sigmoid [J0]; null in networks without. */
  readonly far: Float32Array | null;
  /** mu_0 [J0]: sigmoid of parts, others and far together. */
  readonly whole: Float32Array;
}

/** The matrices a composition needs, of a network with `layers` layers above the pixels. */
export function matricesFor(layers: number, auxiliary: boolean): string[] {
  const names = Array.from({ length: layers }, (_, i) => matrixName('W', i + 1));
  for (let l = 2; auxiliary && l <= layers; l++) names.push(matrixName('M', l));
  return names;
}

const sigmoid = (h: Float32Array) => h.map((value) => 1 / (1 + Math.exp(-value)));
const rowOf = ({ values, columns }: Matrix, row: number) =>
  values.subarray(row * columns, (row + 1) * columns);

/** sum ← sum + factor·values. */
function add(sum: Float32Array, values: Float32Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += factor * values[i]!;
}

const strongest = <T extends { strength: number }>(entries: T[], most: number): T[] =>
  entries.sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength)).slice(0, most);

/** Who adds most to the prediction of neuron `index` of a layer, and who to theirs. */
export function causesOf(
  activity: readonly Float32Array[],
  matrices: Matrices,
  layer: number,
  index: number,
  most: number,
): Cause[] {
  const found: Omit<Cause, 'causes'>[] = [];
  const from = (above: number, through: string) => {
    const synapses = matrices.get(through);
    const phi = activity[above - 1];
    if (!synapses || !phi) return;
    phi.forEach((value, i) => {
      const strength = value * synapses.values[i * synapses.columns + index]!;
      if (strength !== 0) found.push({ layer: above, index: i, through, strength });
    });
  };
  from(layer + 1, matrixName('W', layer + 1));
  from(layer + 2, matrixName('M', layer + 2));
  return strongest(found, most).map((cause) => ({
    ...cause,
    causes: causesOf(activity, matrices, cause.layer, cause.index, most),
  }));
}

/**
 * Takes the prediction of the pixels in a frame apart. Null while W1 is not at hand.
 *
 * @param activity φ(z_l) [J_l] of layer l at index l − 1, as the sections `states` of a frame hold them
 * @param most parts to tell apart
 * @param causes how many neurons of each layer to name as the cause of a part, and of each of them
 */
export function compose(
  activity: readonly Float32Array[],
  matrices: Matrices,
  most: number,
  causes = 3,
): Composition | null {
  const W1 = matrices.get(matrixName('W', 1));
  const phi = activity[0];
  if (!W1 || phi?.length !== W1.rows) return null;
  const length = (row: Float32Array) => Math.hypot(...row);
  const active = Array.from(phi, (value, index) => ({ index, activity: value }))
    .filter((unit) => unit.activity !== 0)
    .map((unit) => ({
      ...unit,
      strength: Math.abs(unit.activity) * length(rowOf(W1, unit.index)),
    }));
  const chosen = strongest(active, most);
  const sum = new Float32Array(W1.columns);
  const parts = chosen.map((unit): Part => {
    const field = rowOf(W1, unit.index).map((value) => value * unit.activity);
    add(sum, field, 1);
    const running = sigmoid(sum);
    return { ...unit, field, running, causes: causesOf(activity, matrices, 1, unit.index, causes) };
  });
  const others = new Float32Array(W1.columns);
  const told = new Set(chosen.map(({ index }) => index));
  for (const unit of active)
    if (!told.has(unit.index)) add(others, rowOf(W1, unit.index), unit.activity);
  add(sum, others, 1);
  const M2 = matrices.get(matrixName('M', 2));
  const far = M2 ? new Float32Array(M2.columns) : null;
  if (M2 && far) {
    activity[1]?.forEach((value, j) => value !== 0 && add(far, rowOf(M2, j), value));
    add(sum, far, 1);
  }
  return { parts, others, far, whole: sigmoid(sum) };
}
