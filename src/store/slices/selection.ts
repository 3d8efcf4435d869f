import type { Lesions } from '../../protocol/condition.ts';
import { isSilent } from '../../protocol/condition.ts';

/** A neuron (layer ≥ 1) or a pixel (layer 0). */
export interface Pin {
  readonly layer: number;
  readonly index: number;
}

/** A synapse of W: from a state neuron (layer ≥ 1) to the neuron or pixel `to` of the layer below. */
export interface SynapsePin {
  readonly from: Pin;
  readonly to: number;
}

/** The parts of a settling step, and learning after it. */
export const PHASES = ['predict', 'error', 'correct', 'compete', 'learn'] as const;
export type Phase = (typeof PHASES)[number];
/** What stands in the middle of the page. */
export type Stage = 'layers' | 'contests' | 'learning';
export type FieldsOrder = 'index' | 'activity' | 'change' | 'group';
/** What a field's colours are measured by: its own largest weight, its layer's, or that of all layers. */
export type FieldsScale = 'unit' | 'layer' | 'all';

/**
 * Something on the stage that a term of an equation stands for: the tiles of a layer (0: the pixels, whose states are the input), or
 * an arrow by what flows along it and the layer that sends it.
 */
export interface Pointed {
  readonly what: 'states' | 'predictions' | 'errors' | 'down' | 'skip' | 'up' | 'side';
  /** Null: of every layer. */
  readonly layer: number | null;
}

/** What the user looks at. */
export interface SelectionSlice {
  readonly pin: Pin | null;
  /** Of the pinned neuron; kept while another one is pinned, until another synapse is. */
  readonly synapse: SynapsePin | null;
  readonly stage: Stage;
  /** The layer whose contests are on show. */
  readonly contestLayer: number;
  /** What stands under the drawing. */
  readonly sideTool: 'network' | 'lesions';
  /** The part of the step the user holds on to, and the one that is running; null: none in particular. */
  readonly heldPhase: Phase | null;
  readonly runningPhase: Phase | null;
  /** Whether steps are looked at one by one, and therefore explained. */
  readonly stepping: boolean;
  /** What a term that the user points at stands for; empty: he points at none. */
  readonly pointed: readonly Pointed[];
  /** Whether the scales of the heatmaps stay as they are from episode to episode. */
  readonly keepScales: boolean;
  readonly fieldsLayer: number;
  readonly fieldsOrder: FieldsOrder;
  readonly fieldsScale: FieldsScale;
}

export const initialSelection: SelectionSlice = {
  pin: null,
  synapse: null,
  stage: 'layers',
  contestLayer: 1,
  sideTool: 'network',
  heldPhase: null,
  runningPhase: null,
  stepping: false,
  pointed: [],
  keepScales: false,
  fieldsLayer: 1,
  fieldsOrder: 'index',
  fieldsScale: 'unit',
};

/** Whether the pinned neuron is cut, by itself or with its layer. A pixel cannot be. */
export function pinnedIsSilent(state: { readonly pin: Pin | null; readonly lesions: Lesions }) {
  const { pin, lesions } = state;
  return pin !== null && pin.layer > 0 && isSilent(lesions, pin.layer, pin.index);
}

/** Whether something on the stage is what the user points at. */
export const isPointed = (
  pointed: readonly Pointed[],
  what: Pointed['what'],
  layer: number,
): boolean =>
  pointed.some((one) => one.what === what && (one.layer === null || one.layer === layer));
