import type { Lesions } from '../ngc/lesions.ts';
import type { Steering } from '../ngc/steering.ts';

export type { Lesions, NeuronAddress } from '../ngc/lesions.ts';
export { isIntact, isSilent, NO_LESIONS } from '../ngc/lesions.ts';
export type { Steering } from '../ngc/steering.ts';

/*
 * What the page asks to look into a network and to meddle with its settling: the levers, the lesions, and reports
 * that let it explain any recorded step without asking again.
 */

/** Under what the step after a frame is made: with the frame it determines the next states. */
export interface Condition {
  /** The settings as they act: the leak is 0 where it is cut, more in a live episode. */
  readonly steering: Steering;
  readonly lesions: Lesions;
}

/** A neuron that another one competes with, or itself. */
export interface Rival {
  readonly index: number;
  /** V_l[index, this neuron]: positive inhibits this neuron, negative (its own) excites it. */
  readonly strength: number;
}

/** Everything that connects one state neuron (l, j). Where a network has no such synapses the entry is null. */
export interface NeuronReport {
  readonly layer: number;
  readonly index: number;
  /** `Snapshot.weightsVersion` of the synapses. */
  readonly version: number;
  /** The picture it sends to the pixels [J0], nonlinearities aside: row j of W1, or above projected through W (and M). */
  readonly field: Float32Array;
  /** Row j of W_l [J_{l−1}]: what it predicts below. */
  readonly sends: Float32Array;
  /** Column j of W_{l+1} [J_{l+1}]: who above predicts it; null in the top layer. */
  readonly receives: Float32Array | null;
  /** Column j of E_l [J_{l−1}]: by which errors below it is moved; null in type-1 models, where `sends` carries them too. */
  readonly errorSynapses: Float32Array | null;
  /** Row j of M_l [J_{l−2}]: what it predicts two layers below; null without M or in layer 1. */
  readonly sendsFar: Float32Array | null;
  /** Column j of M_{l+2} [J_{l+2}]: who two layers above predicts it. */
  readonly receivesFar: Float32Array | null;
  /** Column j of P_l [J_l]: how the mismatches of its layer make up its error e_l[j]; null at the top and where P = I. */
  readonly precision: Float32Array | null;
  /** Its group or band, itself included; null where nobody competes. */
  readonly rivals: readonly Rival[] | null;
}

/**
 * A matrix of the network: W1 …, M2 …, E1 …, Sigma1 … as in model files, P1 … (precision) and V1 … (lateral). Asked for once
 * per weightsVersion it lets the page explain every frame of an episode.
 */
export interface SynapsesReport {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** rows·columns numbers, row by row. */
  readonly values: Float32Array;
  readonly version: number;
}

/** Points of the distribution of total discrepancy ψ over held-out images, nats an image (higher is better). */
export interface Quantiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** What ψ usually is: the scale of a gauge of surprise. All values are of settled images, nothing hidden. */
export interface SurpriseReport {
  readonly version: number;
  readonly quantiles: Quantiles;
  /** ψ of a settled empty page. */
  readonly blank: number;
  readonly images: number;
  /** For people: "200 held-out images of MNIST". */
  readonly source: string;
}

/** The drawing settled anew to step T without lateral synapses, everything else the same. */
export interface WithoutLateralReport {
  readonly version: number;
  readonly steps: number;
  /** ρ_1 … ρ_L: share of neurons with φ(z) > 1e-6. */
  readonly sparsity: readonly number[];
  /** φ(z_l) [J_l] of layer l at index l − 1. */
  readonly activity: readonly Float32Array[];
}
