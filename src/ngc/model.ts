import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import { fitting } from '../engine/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { ModelConfig } from './config/settings.ts';
import type { VariantDefinition } from './config/variants.ts';
import { VARIANT_DEFINITIONS } from './config/variants.ts';
import { exactPrecision, logDeterminant } from './equations/precision.ts';
import type { MatrixPlace, Parameter } from './parameters.ts';
import { lateralsOf, matrixName, parametersOf, preciseLayers, precisionsOf } from './parameters.ts';
import type { Synapses } from './synapses.ts';
import { momentNames, TensorSynapses } from './synapses.ts';

/**
 * A network as data: its settings, its synapses, and how much it has learnt. Who computes is handed it and is no part of it; the
 * store of its synapses says where the newest are. Layers are numbered as in the paper: l = 1 … L above the pixels.
 */
export class Model {
  /** Images learnt from so far: what the learning-rate schedule counts. */
  imagesSeen = 0;
  /** Updates made so far: what Adam counts. */
  updates = 0;
  /** log |Σ′_l| at index l, and of which revision of the synapses it is. */
  private determinants: { readonly revision: number; readonly logs: readonly number[] } | null =
    null;

  constructor(
    public config: ModelConfig,
    /** Its own; `moveTo` may replace it. */
    public synapses: Synapses = new TensorSynapses(),
  ) {}

  /** L: the number of layers above the pixels. */
  get layers(): number {
    return this.config.sizes.length - 1;
  }

  get definition(): VariantDefinition {
    return VARIANT_DEFINITIONS[this.config.variant];
  }

  /** Its learnt matrices, in file order. */
  get parameters(): readonly Parameter[] {
    return parametersOf(this.config);
  }

  /** Generative synapses W_l [J_l, J_{l−1}]: layer l predicts layer l − 1. */
  W(l: number): Tensor2D {
    return this.synapses.get(matrixName('W', l));
  }

  /** Error synapses E_l [J_{l−1}, J_l]: carry layer l − 1's error up to layer l. */
  E(l: number): Tensor2D {
    return this.synapses.get(matrixName('E', l));
  }

  /** Auxiliary generative synapses M_l [J_l, J_{l−2}]: layer l predicts layer l − 2. */
  M(l: number): Tensor2D {
    return this.synapses.get(matrixName('M', l));
  }

  /** P_l [J_l, J_l], or null where the error neurons of layer l are not weighted. */
  precision(l: number): Tensor2D | null {
    return this.orNull(matrixName('P', l));
  }

  /** The user's lateral matrix V_l [J_l, J_l], where there is one. */
  lateralMatrix(l: number): Tensor2D | null {
    return this.orNull(matrixName('V', l));
  }

  private orNull(name: string): Tensor2D | null {
    return this.synapses.has(name) ? this.synapses.get(name) : null;
  }

  /**
   * Gives its synapses into another store, which must have taken them over: from now on that one answers for them, and the one
   * before is freed.
   */
  moveTo(store: Synapses): void {
    const before = this.synapses;
    this.synapses = store;
    const known = this.determinants?.revision === before.revision ? this.determinants : null;
    this.determinants = known && { ...known, revision: store.revision };
    before.dispose();
  }

  /**
   * A network with fresh synapses: W, E, M ~ N(0, weightScale²), Σ = I, from one seed.
   * Throws a config error where the lateral pattern needs a matrix that only a file can give.
   */
  static async create(config: ModelConfig, seed: number): Promise<Model> {
    if (config.lateral === 'matrix')
      throw new NgcError(
        'config',
        'Setting lateral: a matrix of your own comes with a model file.',
      );
    return Model.filled(config, (model) => {
      for (const [stream, { name, family, shape }] of model.parameters.entries()) {
        // One stream a parameter, so that a matrix does not depend on which others the variant has.
        const rng = createRng(deriveSeed(seed, stream));
        const normal = () => rng.normal() * config.weightScale;
        model.synapses.set(
          name,
          family === 'Sigma'
            ? tf.eye(shape[0])
            : tf.tensor2d(Float32Array.from({ length: shape[0] * shape[1] }, normal), [...shape]),
        );
      }
    });
  }

  /**
   * A network from arrays, as a model file holds them: every parameter by name, and V1 … VL where
   * `lateral` is "matrix". Throws a file error that names a missing, unknown or misshapen array.
   */
  static async fromArrays(
    config: ModelConfig,
    arrays: ReadonlyMap<string, FloatArray>,
  ): Promise<Model> {
    const wanted: readonly MatrixPlace[] = [
      ...parametersOf(config),
      ...(config.lateral === 'matrix' ? lateralsOf(config) : []),
    ];
    const found = fitting(wanted, arrays, config.variant);
    return Model.filled(config, (model) => {
      for (const { name, shape } of wanted)
        model.synapses.set(name, tf.tensor2d(found.get(name)!.data, [...shape]));
    });
  }

  /** A network whose synapses `fill` puts in; its precisions are computed. Nothing is left behind where that fails. */
  private static async filled(config: ModelConfig, fill: (model: Model) => void): Promise<Model> {
    const model = new Model(config);
    try {
      fill(model);
      await model.refreshPrecision();
      return model;
    } catch (error) {
      model.dispose();
      throw error;
    }
  }

  /** Recomputes every P_l exactly from Σ_l (float64 Cholesky). */
  async refreshPrecision(): Promise<void> {
    const { precision: form } = this.config;
    if (form === 'none') return;
    const logs = this.noLogs();
    for (const { name, layer } of precisionsOf(this.config)) {
      const exact = await exactPrecision(this.synapses.get(matrixName('Sigma', layer)), form);
      logs[layer] = exact.logDeterminant;
      this.synapses.set(name, exact.precision);
    }
    this.determinants = { revision: this.synapses.revision, logs };
  }

  /** log |Σ′_l| at index l = 0 … L − 1, of Σ as it is; 0 where error neurons are not weighted. Computed once for each state of the synapses. */
  async logDeterminants(): Promise<readonly number[]> {
    const { precision: form } = this.config;
    if (form === 'none') return this.noLogs();
    const { revision } = this.synapses;
    if (this.determinants?.revision === revision) return this.determinants.logs;
    const logs = this.noLogs();
    for (const { layer } of preciseLayers(this.config))
      logs[layer] = await logDeterminant(this.synapses.get(matrixName('Sigma', layer)), form);
    this.determinants = { revision, logs };
    return logs;
  }

  private noLogs(): number[] {
    return new Array<number>(this.layers).fill(0);
  }

  /** Makes the next update a first one: without moments, and with precisions that follow from the covariances alone. */
  async forgetOptimizer(): Promise<void> {
    for (const { name } of this.parameters)
      for (const moment of Object.values(momentNames(name))) this.synapses.drop(moment);
    this.updates = 0;
    await this.refreshPrecision();
  }

  /** Copies all parameters (and V, where the user gave it) out of the backend. */
  async toArrays(): Promise<Map<string, FloatArray>> {
    const arrays = new Map<string, FloatArray>();
    for (const { name } of [...this.parameters, ...lateralsOf(this.config)])
      if (this.synapses.has(name)) arrays.set(name, await toFloatArray(this.synapses.get(name)));
    return arrays;
  }

  /** Whether every synapse is a finite number. */
  async isFinite(): Promise<boolean> {
    for (const { name } of this.parameters) {
      const ok = tf.tidy(() => tf.all(tf.isFinite(this.synapses.get(name))));
      const [value] = await ok.data();
      ok.dispose();
      if (!value) return false;
    }
    return true;
  }

  dispose(): void {
    this.synapses.dispose();
  }
}
