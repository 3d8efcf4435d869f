/*
 * When each synapse may change, by what waits for what: everything happens as soon as all it needs is there. A stage is one layer's
 * product with its synapses, forwards or back. Nothing is timed; only what depends on what is counted (B4).
 *
 *   forward    mu_l needs mu_{l−1}
 *   backprop   δ_l needs δ_{l+1} and W_{l+1};  ΔW_l needs δ_l
 *   settling   e_l needs z_{l−1} and z_l;  z_l needs e_l and e_{l+1}: a step has two stages, all layers at once
 *
 * A synapse must stay as it is until the last one that needs it has used it: W_l sends δ_l back to layer l − 1.
 */

/** What a layer does at a stage: it is predicted, its error is found, or its states move. */
export type Work = 'predict' | 'error' | 'move';

/** A layer's row. Stages count from 1. */
export interface LayerTimes {
  readonly works: readonly { readonly stage: number; readonly kind: Work }[];
  /** After which stages W_l may change. */
  readonly changes: readonly number[];
  /** Whether W_l must stay as it is from its first use until it changes. */
  readonly isLocked: boolean;
  /** After which stage the layer has an error; null: it never has. */
  readonly hears: number | null;
}

/** After how many settling steps the error of layer l is not 0 any more, the first layer's at 0; null: never in this time. */
export type Heard = readonly (number | null)[];

const layersOf = (L: number) => Array.from({ length: L }, (_, i) => i + 1);

/** Backpropagation through L layers of synapses: forward at stages 1 … L, back at L + 1 … 2L. */
export function backpropTimes(L: number): LayerTimes[] {
  const errorAt = (l: number) => 2 * L - l + 1;
  return layersOf(L).map((l) => ({
    works: [
      { stage: l, kind: 'predict' },
      { stage: errorAt(l), kind: 'error' },
    ],
    changes: [errorAt(Math.max(1, l - 1))],
    isLocked: true,
    hears: errorAt(l),
  }));
}

/** The stage after which the errors of settling step t are there: at t = 0 those of the forward start. */
const errorsOf = (L: number, t: number) => L + 2 * t;

/** What a layer does while it settles for T steps from a forward start. */
function settlingWorks(L: number, l: number, T: number): LayerTimes['works'] {
  const steps = Array.from({ length: T }, (_, t) => t + 1);
  return [
    { stage: l, kind: 'predict' },
    ...steps.flatMap((t): LayerTimes['works'] => [
      ...(l < L ? [{ stage: errorsOf(L, t) - 1, kind: 'move' as const }] : []),
      { stage: errorsOf(L, t), kind: 'error' },
    ]),
  ];
}

const hearsAt = (L: number, heard: number | null | undefined) =>
  heard === null || heard === undefined ? null : errorsOf(L, heard);

/**
 * Predictive coding, T steps from a forward start: synapses change when all has settled, or, with `every`, at each step.
 *
 * @param heard what a network that was settled showed
 */
export function settlingTimes(L: number, T: number, heard: Heard, every: boolean): LayerTimes[] {
  const all = Array.from({ length: T + 1 }, (_, t) => errorsOf(L, t));
  return layersOf(L).map((l) => ({
    works: settlingWorks(L, l, T),
    changes: every ? all : [errorsOf(L, T)],
    isLocked: !every,
    hears: hearsAt(L, heard[l - 1]),
  }));
}

/** Z-IL: W_l is read before step t = L − l, and may change when the states of layer l − 1 have used it in that step. */
export function exactTimes(L: number, heard: Heard): LayerTimes[] {
  return layersOf(L).map((l) => {
    const read = errorsOf(L, L - l);
    return {
      works: settlingWorks(L, l, L - l + (l > 1 ? 1 : 0)).filter(({ stage }) => stage <= read + 1),
      changes: [l > 1 ? read + 1 : read],
      isLocked: true,
      hears: hearsAt(L, heard[l - 1]),
    };
  });
}

/** The stage after which the last synapse has changed. */
export const stagesOf = (layers: readonly LayerTimes[]): number =>
  Math.max(...layers.flatMap(({ changes }) => changes));
