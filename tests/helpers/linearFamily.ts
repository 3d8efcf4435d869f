import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../../src/engine/floatArrays.ts';
import { logLikelihood } from '../../src/engine/likelihood.ts';
import type { GenerativeModel, ModelSettings, Watched } from '../../src/engine/model.ts';
import type { Setting } from '../../src/engine/settings.ts';
import { checkedSettings } from '../../src/engine/settings.ts';
import type { TrainingRecord } from '../../src/io/modelFile.ts';
import type { Family } from '../../src/models/family.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { createRng } from '../../src/shared/rng.ts';

/*
 * The smallest second family: a linear autoencoder, so that tests can tell what commands and measures know of models in general.
 *
 *   x -(A)-> h -(B)-> μ      h = x·A      μ = σ(h·B)      minimised: BCE(x, μ), by gradient descent with momentum
 */

interface LinearSettings extends ModelSettings {
  readonly rate: number;
}

const SETTINGS: readonly Setting[] = [
  { key: 'variant', meaning: 'Which model', live: false, type: 'choice', choices: ['linear'] },
  { key: 'sizes', meaning: 'Pixels, latents', live: false, ...{ type: 'numbers', min: 1, max: 999, length: [2, 2] } }, // prettier-ignore
  { key: 'batch', meaning: 'Images an update', live: true, ...{ type: 'number', min: 1, max: 999, integer: true } }, // prettier-ignore
  { key: 'rate', meaning: 'Learning rate', live: true, ...{ type: 'number', min: 0, max: 10 } },
];
const DEFAULTS = { variant: 'linear', sizes: [784, 10], batch: 20, rate: 0.002 };
const MOMENTUM = 0.8;

type Matrices = Record<'A' | 'B', Tensor2D>;

const shapesOf = ([pixels = 0, latents = 0]: readonly number[]) =>
  ({ A: [pixels, latents], B: [latents, pixels] }) as const;

export class LinearAutoencoder implements GenerativeModel {
  readonly title = 'linear autoencoder';
  readonly latentName = 'h';
  readonly overlaps: boolean = false;
  imagesSeen = 0;
  updates = 0;

  constructor(
    public config: LinearSettings,
    private readonly weights: Matrices,
    /** How fast the weights move. */
    private readonly speed: Matrices,
    training: TrainingRecord | null,
  ) {
    if (training) ({ imagesSeen: this.imagesSeen, step: this.updates } = training);
  }

  get pixels(): number {
    return this.weights.B.shape[1];
  }

  get latentWidth(): number {
    return this.weights.B.shape[0];
  }

  decode(latents: Tensor2D): Tensor2D {
    return tf.tidy(() => tf.sigmoid(tf.matMul(latents, this.weights.B)));
  }

  async perceive(x: Tensor2D) {
    const latents: Tensor2D = tf.matMul(x, this.weights.A);
    const predicted = this.decode(latents);
    const dispose = () => tf.dispose([latents, predicted]);
    return { predicted, latents, activity: [], discrepancy: null, dispose };
  }

  /** Hidden pixels start at ½ and become what the model makes of the picture, a few times over. */
  async complete(
    x: Tensor2D,
    mask: Tensor2D,
    { steps = 5, onProgress }: Watched & { steps?: number | undefined } = {},
  ) {
    let predicted: Tensor2D = tf.fill([x.shape[0], this.pixels], 0.5);
    const filled = () => tf.tidy(() => tf.where(tf.cast(mask, 'bool'), x, predicted));
    for (let step = 1; step <= steps; step++) {
      const before = predicted;
      predicted = tf.tidy(() => this.decode(tf.matMul(filled(), this.weights.A)));
      before.dispose();
      await onProgress?.(step / steps);
    }
    const picture = filled();
    const h: Tensor2D = tf.matMul(picture, this.weights.A);
    const dispose = () => tf.dispose([picture, predicted, h]);
    return { picture, predicted, more: new Map([['h', h]]), dispose };
  }

  readonly completions = { all: ['iterated'], paper: 'iterated' } as const;

  async learn(x: Tensor2D, { onProgress }: Watched = {}) {
    await onProgress?.(0);
    const { latents, predicted } = await this.perceive(x);
    const { weights, speed } = this;
    const [bce, A, B] = tf.tidy((): [tf.Tensor, Tensor2D, Tensor2D] => {
      const miss: Tensor2D = tf.div(tf.sub(x, predicted), x.shape[0]);
      return [
        tf.neg(tf.mean(logLikelihood(x, predicted))),
        tf.matMul(tf.transpose(x), tf.matMul(miss, weights.B, false, true)),
        tf.matMul(tf.transpose(latents), miss),
      ];
    });
    const [value = NaN] = await bce.data();
    tf.dispose([bce, latents, predicted]);
    if (!Number.isFinite(value)) throw new NgcError('diverged', 'Training diverged.');
    for (const [name, uphill] of Object.entries({ A, B }) as ['A' | 'B', Tensor2D][]) {
      const [faster, moved] = tf.tidy(() => {
        const next: Tensor2D = tf.add(tf.mul(speed[name], MOMENTUM), uphill);
        const to: Tensor2D = tf.add(weights[name], tf.mul(next, this.config.rate));
        return [next, to] as const;
      });
      tf.dispose([speed[name], weights[name], uphill]);
      speed[name] = faster;
      weights[name] = moved;
    }
    this.imagesSeen += x.shape[0];
    this.updates++;
    return { report: Promise.resolve({ bce: value, sparsity: [], warnings: [] }) };
  }

  parameters = () => arraysOf(this.weights);
  optimizerState = () => arraysOf(this.speed);
  dispose = () => tf.dispose([this.weights, this.speed]);
}

async function arraysOf({ A, B }: Matrices): Promise<Map<string, FloatArray>> {
  return new Map([
    ['A', await toFloatArray(A)],
    ['B', await toFloatArray(B)],
  ]);
}

/** Matrices of a model's shapes, from what `dataOf` knows of each. */
function matrices(
  { sizes }: LinearSettings,
  dataOf: (name: 'A' | 'B', shape: readonly [number, number]) => Float32Array,
): Matrices {
  const { A, B } = shapesOf(sizes);
  return { A: tf.tensor2d(dataOf('A', A), [...A]), B: tf.tensor2d(dataOf('B', B), [...B]) };
}

const zeros = (_: string, [rows, columns]: readonly [number, number]) =>
  new Float32Array(rows * columns);

export const linear: Family<LinearSettings, LinearAutoencoder> = {
  variants: ['linear'],
  titleOf: () => 'linear autoencoder',
  settings: SETTINGS,
  parse: (config) => ({ ...DEFAULTS, ...checkedSettings(SETTINGS, config) }),
  changed: ({ rate }) => (rate === DEFAULTS.rate ? {} : { rate }),
  async create(config, seed) {
    const rng = createRng(seed);
    const random = (_: string, [rows, columns]: readonly [number, number]) =>
      Float32Array.from({ length: rows * columns }, () => 0.05 * rng.normal());
    return new LinearAutoencoder(config, matrices(config, random), matrices(config, zeros), null);
  },
  async open({ config, parameters, optimizer, training }) {
    const weights = matrices(config, (name, shape) => {
      const array = parameters.get(name);
      if (array?.shape.join() !== shape.join())
        throw new NgcError('file', `The model lacks ${name} [${shape.join(', ')}].`);
      return array.data;
    });
    const speed = matrices(
      config,
      (name, shape) => optimizer?.get(name)?.data ?? zeros(name, shape),
    );
    return new LinearAutoencoder(config, weights, speed, training);
  },
  steer(model, config) {
    model.config = config;
  },
};
