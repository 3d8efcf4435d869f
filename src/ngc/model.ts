import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableList, printableText } from '../shared/errors.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { ModelConfig } from './config/settings.ts';
import { VARIANT_DEFINITIONS } from './config/variants.ts';
import { exactPrecision } from './equations/precision.ts';
import { toFloatArray } from '../engine/floatArrays.ts';
import { opByOp } from './opByOp.ts';
import type { Executor } from './settling.ts';

/** A family of learnt synapses; with the layer's number it names a parameter: W1, E2, M3, Sigma1. */
export type Family = 'W' | 'E' | 'M' | 'Sigma';

/** The name and shape of every parameter a configuration has, in the order files list them. */
export function parameterShapes(config: ModelConfig): Map<string, [number, number]> {
  const { sizes, variant, precision } = config;
  const { feedback, auxiliary } = VARIANT_DEFINITIONS[variant];
  const top = sizes.length - 1;
  const size = (l: number) => sizes[l]!;
  const shapes = new Map<string, [number, number]>();
  for (let l = 1; l <= top; l++) shapes.set(`W${l}`, [size(l), size(l - 1)]);
  if (feedback === 'error-synapses')
    for (let l = 1; l <= top; l++) shapes.set(`E${l}`, [size(l - 1), size(l)]);
  if (auxiliary) for (let l = 2; l <= top; l++) shapes.set(`M${l}`, [size(l), size(l - 2)]);
  if (precision !== 'none')
    for (let l = 1; l < top; l++) shapes.set(`Sigma${l}`, [size(l), size(l)]);
  return shapes;
}

/** What the optimizer remembers: Adam's first and second moments of each parameter. */
export interface OptimizerState {
  /** Updates made so far. */
  step: number;
  readonly moments: Map<string, { m: Tensor2D; v: Tensor2D }>;
}

/** Something that keeps the newest synapses of a model while it learns them elsewhere than in TensorFlow.js's tensors. */
export interface Keeper {
  /** Puts the newest parameters, precisions and moments back into the model. */
  collect(): void;
  dispose(): void;
}

/**
 * A network: its settings, its learnt synapses, and what is derived from them. It owns every tensor
 * it holds; `dispose` frees them. Layers are numbered as in the paper: l = 1 … L above the pixels.
 */
export class Model {
  /** Rises with every change of what is held here; a copy made elsewhere is as new as the revision it was made of. */
  revision = 0;
  readonly optimizer: OptimizerState;
  private keeper: Keeper | null = null;
  /** Whether the keeper's synapses are newer than those here. */
  private outdated = false;
  /** Images learnt from so far: what the learning-rate schedule counts. */
  imagesSeen = 0;
  private readonly parameters = new Map<string, Tensor2D>();
  /** P_l [J_l, J_l] of the layers that learn it. */
  private readonly precisions = new Map<number, Tensor2D>();
  /** V_l [J_l, J_l] where the lateral pattern is a matrix given by the user. */
  private readonly lateralMatrices = new Map<number, Tensor2D>();

  private constructor(
    public config: ModelConfig,
    /** What settles it and learns. */
    readonly executor: Executor,
  ) {
    const moments: OptimizerState['moments'] = new Map();
    const collect = () => this.collect();
    this.optimizer = {
      step: 0,
      get moments() {
        collect();
        return moments;
      },
    };
  }

  /** L: the number of layers above the pixels. */
  get layers(): number {
    return this.config.sizes.length - 1;
  }

  /** Gives the newest synapses into the care of a keeper; the model disposes it. Null: they are all here. */
  keptBy(keeper: Keeper | null): void {
    this.collect();
    if (this.keeper !== keeper) this.keeper?.dispose();
    this.keeper = keeper;
  }

  /** The keeper has learnt: what is held here is old, and is put right when it is next read. */
  outdate(): void {
    this.outdated = true;
  }

  private collect(): void {
    if (!this.outdated) return;
    this.outdated = false;
    this.keeper?.collect();
  }

  get definition() {
    return VARIANT_DEFINITIONS[this.config.variant];
  }

  /** Names of all parameters, in file order. */
  get names(): string[] {
    return [...this.parameters.keys()];
  }

  get(name: string): Tensor2D {
    this.collect();
    const tensor = this.parameters.get(name);
    if (!tensor) throw new Error(`no parameter ${name}`);
    return tensor;
  }

  has(name: string): boolean {
    return this.parameters.has(name);
  }

  /** Replaces a parameter; the model takes ownership of `value` and frees the old one. */
  set(name: string, value: Tensor2D): void {
    this.collect();
    this.parameters.get(name)?.dispose();
    this.parameters.set(name, value);
    this.revision++;
  }

  /** Generative synapses W_l [J_l, J_{l−1}]: layer l predicts layer l − 1. */
  W(l: number): Tensor2D {
    return this.get(`W${l}`);
  }

  /** Error synapses E_l [J_{l−1}, J_l]: carry layer l − 1's error up to layer l. */
  E(l: number): Tensor2D {
    return this.get(`E${l}`);
  }

  /** Auxiliary generative synapses M_l [J_l, J_{l−2}]: layer l predicts layer l − 2. */
  M(l: number): Tensor2D {
    return this.get(`M${l}`);
  }

  /** P_l [J_l, J_l], or null where the error neurons of layer l are not weighted. */
  precision(l: number): Tensor2D | null {
    this.collect();
    return this.precisions.get(l) ?? null;
  }

  /** Replaces P_l; the model takes ownership. */
  setPrecision(l: number, value: Tensor2D): void {
    this.collect();
    this.precisions.get(l)?.dispose();
    this.precisions.set(l, value);
    this.revision++;
  }

  /** The user's lateral matrix V_l [J_l, J_l], where there is one. */
  lateralMatrix(l: number): Tensor2D | null {
    return this.lateralMatrices.get(l) ?? null;
  }

  /** Gives layer l its own lateral matrix; the model takes ownership. */
  setLateralMatrix(l: number, value: Tensor2D): void {
    this.lateralMatrices.get(l)?.dispose();
    this.lateralMatrices.set(l, value);
    this.revision++;
  }

  /**
   * A network without any synapses yet: a replica of another, which gives it all of them by `set`, `setPrecision` and
   * `setLateralMatrix` before it settles anything.
   */
  static bare(config: ModelConfig, executor: Executor = opByOp): Model {
    return new Model(config, executor);
  }

  /**
   * A network with fresh synapses: W, E, M ~ N(0, weightScale²), Σ = I, from one seed.
   * Throws a config error where the lateral pattern needs a matrix that only a file can give.
   */
  static async create(
    config: ModelConfig,
    seed: number,
    executor: Executor = opByOp,
  ): Promise<Model> {
    if (config.lateral === 'matrix')
      throw new NgcError(
        'config',
        'Setting lateral: a matrix of your own comes with a model file.',
      );
    const model = new Model(config, executor);
    let stream = 0;
    for (const [name, shape] of parameterShapes(config)) {
      // One stream a parameter, so that a matrix does not depend on which others the variant has.
      const rng = createRng(deriveSeed(seed, stream++));
      model.set(
        name,
        name.startsWith('Sigma')
          ? tf.eye(shape[0])
          : tf.tensor2d(
              Float32Array.from(
                { length: shape[0] * shape[1] },
                () => rng.normal() * config.weightScale,
              ),
              shape,
            ),
      );
    }
    await model.refreshPrecision();
    return model;
  }

  /**
   * A network from arrays, as a model file holds them: every parameter by name, and V1 … VL where
   * `lateral` is "matrix". Throws a file error that names a missing, unknown or misshapen array.
   */
  static async fromArrays(
    config: ModelConfig,
    arrays: ReadonlyMap<string, FloatArray>,
    executor: Executor = opByOp,
  ): Promise<Model> {
    const shapes = new Map<string, [number, number]>(parameterShapes(config));
    if (config.lateral === 'matrix')
      for (let l = 1; l < config.sizes.length; l++)
        shapes.set(`V${l}`, [config.sizes[l]!, config.sizes[l]!]);
    for (const name of arrays.keys())
      if (!shapes.has(name))
        throw new NgcError(
          'file',
          `The model holds ${printableText(name, 60)}, which a ${config.variant} has not.`,
        );
    for (const [name, shape] of shapes) {
      const array = arrays.get(name);
      if (!array) throw new NgcError('file', `The model lacks ${name} [${shape.join(', ')}].`);
      if (array.shape.join() !== shape.join())
        throw new NgcError(
          'file',
          `${name} has shape [${printableList(array.shape.map(String), 8)}]; its settings ask for [${shape.join(', ')}].`,
        );
    }
    const model = new Model(config, executor);
    for (const [name, shape] of shapes) {
      const tensor = tf.tensor2d(arrays.get(name)!.data, shape);
      if (name.startsWith('V')) model.setLateralMatrix(Number(name.slice(1)), tensor);
      else model.set(name, tensor);
    }
    await model.refreshPrecision();
    return model;
  }

  /** Recomputes every P_l exactly from Σ_l (float64 Cholesky). */
  async refreshPrecision(): Promise<void> {
    const { precision } = this.config;
    if (precision === 'none') return;
    for (let l = 1; l < this.layers; l++)
      this.setPrecision(l, (await exactPrecision(this.get(`Sigma${l}`), precision)).precision);
  }

  /** Copies all parameters (and V, where given) out of the backend. */
  async toArrays(): Promise<Map<string, FloatArray>> {
    this.collect();
    const arrays = new Map<string, FloatArray>();
    for (const [name, tensor] of this.parameters) arrays.set(name, await toFloatArray(tensor));
    for (const [l, tensor] of this.lateralMatrices) arrays.set(`V${l}`, await toFloatArray(tensor));
    return arrays;
  }

  /** Whether every synapse is a finite number. */
  async isFinite(): Promise<boolean> {
    this.collect();
    for (const tensor of this.parameters.values()) {
      const ok = tf.tidy(() => tf.all(tf.isFinite(tensor)));
      const [value] = await ok.data();
      ok.dispose();
      if (!value) return false;
    }
    return true;
  }

  dispose(): void {
    this.outdated = false;
    this.keeper?.dispose();
    this.keeper = null;
    tf.dispose([...this.parameters.values()]);
    tf.dispose([...this.precisions.values()]);
    tf.dispose([...this.lateralMatrices.values()]);
    for (const { m, v } of this.optimizer.moments.values()) tf.dispose([m, v]);
    this.parameters.clear();
    this.precisions.clear();
    this.lateralMatrices.clear();
    this.optimizer.moments.clear();
  }
}
