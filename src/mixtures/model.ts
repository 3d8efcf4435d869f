import type { Tensor2D } from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { BernoulliMixture, DensityModel, Watched } from '../engine/model.ts';
import type { EmMixture } from '../engine/prior/em.ts';
import { clusterShares, expectation, formFor, maximisation } from '../engine/prior/em.ts';
import { sampleMixture, triangleSize } from '../engine/prior/mixture.ts';
import { mixtureFromTensors, mixtureToTensors } from '../engine/prior/store.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { MixtureSettings } from './settings.ts';

/** What is known before the first picture: one Gaussian, every pixel as a fair coin has it (mean ½, variance ¼). */
function blank({ sizes, covariance }: MixtureSettings): EmMixture {
  const [size = 0] = sizes;
  const base = {
    components: 1,
    size,
    weights: Float32Array.of(1),
    means: new Float32Array(size).fill(0.5),
  };
  if (covariance === 'diagonal')
    return { kind: 'diagonal', ...base, deviations: new Float32Array(size).fill(0.5) };
  const cholesky = new Float32Array(triangleSize(size));
  for (let i = 1; i <= size; i++) cholesky[triangleSize(i) - 1] = 0.5;
  return { kind: 'full', ...base, cholesky };
}

/**
 * A Gaussian mixture on the pixels themselves (baselines.md, "GMM"): p(x) = Σ_k w_k N(x; μ_k, Σ_k). An update is one round of
 * EM on the batch that it is given, which should be all the images there are; the first starts from k-means.
 */
export class GaussianMixture implements DensityModel {
  readonly title = 'Gaussian mixture';
  readonly lossName = '−log p(x)';
  readonly overlaps = false;
  imagesSeen = 0;
  updates = 0;

  /**
   * @param seed of k-means, and of where Gaussians go that lost their pictures
   * @param mixture μ [K, J0] and so on; default: what is known before the first picture
   */
  constructor(
    public config: MixtureSettings,
    private readonly seed: number,
    private mixture: EmMixture = blank(config),
  ) {}

  /** Of parameters as `parameters` gives them. Throws a file error that names what is missing or does not fit the settings. */
  static fromArrays(
    config: MixtureSettings,
    seed: number,
    parameters: ReadonlyMap<string, FloatArray>,
  ): GaussianMixture {
    const mixture = mixtureFromTensors(parameters, 'mixture');
    const { components, covariance, sizes } = config;
    const wrong = (problem: string) => new NgcError('file', `The mixture is broken: ${problem}.`);
    if (mixture.kind !== covariance)
      throw wrong(`its covariances are ${mixture.kind}, and setting covariance says ${covariance}`);
    if (mixture.size !== sizes[0])
      throw wrong(`its means have ${mixture.size} pixels, and setting sizes says ${sizes[0]}`);
    if (mixture.components > components)
      throw wrong(`it has ${mixture.components} Gaussians, and setting components ${components}`);
    return new GaussianMixture(config, seed, mixture);
  }

  get pixels(): number {
    return this.mixture.size;
  }

  /** One round of EM. The report's `bce` is −log p(x) of the mixture as it was, a density of real numbers: it may be negative. */
  async learn(x: Tensor2D, { onProgress }: Watched = {}) {
    const points = await toFloatArray(x);
    const at = (fraction: number) => async () => onProgress?.(fraction);
    await at(0)();
    const { components, covariance: kind, ridge } = this.config;
    const K = Math.min(components, x.shape[0]);
    const rng = createRng(deriveSeed(this.seed, this.updates));
    const form = await formFor(points, K, { kind, shrinkage: 0, ridge }, at(0));
    const { shares, logLikelihood } = await expectation(this.mixture, points, async (fraction) =>
      onProgress?.(fraction / 2),
    );
    // EM never parts what is one: several Gaussians begin with k-means.
    const start = this.mixture.components === 1 ? await clusterShares(points, K, rng, at(0.5)) : shares; // prettier-ignore
    const again = { rng, reseeds: K };
    const { mixture, collapses } = await maximisation(points, start, form, again, at(0.5));
    this.mixture = mixture;
    this.imagesSeen += x.shape[0];
    this.updates++;
    const warnings = collapses.length > 0 ? [lost(collapses.length)] : [];
    return { report: Promise.resolve({ bce: -logLikelihood, sparsity: [], warnings }) };
  }

  draw(count: number, seed: number): FloatArray {
    const { shape, data } = sampleMixture(this.mixture, count, seed);
    return { shape, data: data.map((value) => Math.min(Math.max(value, 0), 1)) };
  }

  bernoulli(): BernoulliMixture {
    const { weights, means, components, size } = this.mixture;
    return { weights, pictures: { shape: [components, size], data: means } };
  }

  parameters(): Promise<Map<string, FloatArray>> {
    const copies = new Map<string, FloatArray>();
    for (const [name, { shape, data }] of mixtureToTensors(this.mixture))
      copies.set(name, { shape, data: data.slice() });
    return Promise.resolve(copies);
  }

  /** EM carries nothing from round to round but the mixture. */
  optimizerState(): Promise<Map<string, FloatArray>> {
    return Promise.resolve(new Map<string, FloatArray>());
  }

  dispose(): void {
    // It holds no tensors.
  }
}

const lost = (count: number) =>
  count === 1
    ? 'A Gaussian lost its images and was put elsewhere.'
    : `${count} Gaussians lost their images and were put elsewhere.`;
