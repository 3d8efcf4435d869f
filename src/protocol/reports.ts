import type { ModelConfig, SettingDescription } from '../ngc/config/settings.ts';
import type { MatrixChange } from '../ngc/memento.ts';
import type { Variant, VariantDefinition } from '../ngc/config/variants.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { BenchResult } from '../shared/bench.ts';

/*
 * What requests are answered with: what computes, what there is, what a network is and knows. Reports of a network say which
 * synapses they are of, so that the page can explain any recorded step without asking again.
 */

type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendChoice = BackendName | 'auto';
export const DATASETS = [
  'mnist',
  'fmnist',
  'kmnist',
  'caltech101',
  'synthetic',
  /** What was drawn on the page; only this browser has it. */
  'drawings',
] as const;
export type DatasetId = (typeof DATASETS)[number];

export interface BackendReport {
  readonly name: BackendName;
  /** The adapter for webgpu ("Apple M2"), or what runs the backend ("SIMD, one thread"). */
  readonly adapter: string;
  /** One sentence: why this backend. */
  readonly reason: string;
  /** How it computes: fused kernels, op by op … */
  readonly executor: string;
}

export interface StartReport {
  readonly backend: BackendReport;
  /** The engine's table of settings: labels, symbols, ranges. */
  readonly settings: readonly SettingDescription[];
  readonly variants: readonly {
    readonly variant: Variant;
    readonly title: string;
    readonly summary: string;
    /** Whether a pretrained network of this variant lies beside the page. */
    readonly pretrained: boolean;
    /** The settings a new network of this variant starts from: what the page calls "default". */
    readonly defaults: ModelConfig;
    /** What the paper says, and the defaults of what it leaves open. */
    readonly paper: ModelConfig;
  }[];
}

/** Which network the page shows: one trained beforehand, or the user's own. */
export type Weights = 'pretrained' | 'own';

export interface ModelReport {
  readonly config: ModelConfig;
  /** What its variant is: how errors reach the layer above, what they compare, whether predictions skip a layer. */
  readonly definition: VariantDefinition;
  readonly weights: Weights;
  /** A line for people: "GNCN-PDH, pretrained on MNIST" or the name of the opened file. */
  readonly title: string;
  readonly seed: number;
  /** Images this network has learnt from in its life. */
  readonly imagesSeen: number;
  /** Weight updates since it was loaded or made: a pretrained network with any is no longer what it was. */
  readonly updatesHere: number;
  /** How many updates from the drawing can be taken back one by one. */
  readonly undoable: number;
  /** Whether it can be put back to before all of them, or to what its file holds. */
  readonly restorable: boolean;
  /** Whether a prior for sampling came with it or has been fitted. */
  readonly hasPrior: boolean;
  /** The network that had learnt something when another took its place, and can be brought back: `id` tells one from the next. */
  readonly putAside: { readonly id: number; readonly imagesSeen: number } | null;
}

/** What one weight update did. */
export interface UpdateReport {
  /** `Snapshot.weightsVersion` of the synapses after it. */
  readonly version: number;
  /** Of every learnt matrix: how far it was moved, norm limits included. */
  readonly matrices: readonly MatrixChange[];
}

export interface DatasetReport {
  readonly dataset: DatasetId;
  readonly title: string;
  /** Where it came from: "this browser's storage", "built in", … */
  readonly source: string;
  readonly trainImages: number;
  readonly testImages: number;
  readonly classNames: readonly string[];
  /** Of images that the user opened: the id they are kept under in this browser, null where they are not kept. Absent of others. */
  readonly own?: string | null;
}

export interface ExampleReport {
  /** 28·28 intensities in 0 … 1. */
  readonly pixels: Float32Array;
  /** Class index, or −1 where the set has no labels. */
  readonly label: number;
  readonly index: number;
}

export interface FieldsReport {
  readonly layer: number;
  readonly neurons: number;
  readonly pixels: number;
  /**
   * neurons·pixels: the picture each neuron of the layer sends to the pixels. Layer 1: the rows of W1; above: the linear
   * projection through the synapses below (W and, in PDH, M).
   */
  readonly values: Float32Array;
  /** Mean activity of each neuron over the last images seen (zeros before any). */
  readonly activity: Float32Array;
  /** Length of the change of each neuron's field since the weights were first set. */
  readonly change: Float32Array;
}

/** What `bench` is answered with. */
export interface BenchReport {
  readonly results: readonly BenchResult[];
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
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

/** The drawing settled once more from its start, under other lesions and everything else the same: what each step 0 … `steps` looks like. */
export interface BesideReport {
  readonly version: number;
  /** What was cut here, from the start. */
  readonly lesions: Lesions;
  readonly steps: number;
  /** (steps + 1)·J0: the picture with what is imagined of it; where nothing is hidden, what is predicted. */
  readonly pictures: Float32Array;
  /** ρ_1 … ρ_L at each step: share of neurons with φ(z) > 1e-6. */
  readonly active: readonly (readonly number[])[];
  /** φ(z_l) at each step, (steps + 1)·J_l of layer l at index l − 1. */
  readonly activity: readonly Float32Array[];
}
