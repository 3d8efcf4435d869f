import type { Values } from '../exhibits/exhibit.ts';
import type { CloudShown, Curve } from '../exhibits/list/cloud.ts';
import { CLOUD_AXES } from '../exhibits/list/cloud.ts';
import { isOn, numberOf } from '../exhibits/values.ts';
import { density } from '../predictive/gaussians.ts';
import type { SamplingState } from '../predictive/sampling.ts';
import {
  DATA,
  believed,
  chainVariance,
  learnBySampling,
  sampleStep,
} from '../predictive/sampling.ts';
import type { Rng } from '../shared/rng.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { Demonstrate, Demonstration } from './demonstration.ts';

const CHAINS = 400;
/** What made the world's numbers; and where learning starts. */
const WORLD = { w: 2, b: 0.5 } as const;
const UNLEARNT = { w: 1, b: 0 } as const;
/** How it learns: of so many numbers at once, so many steps without noise and with it. */
const LESSON = { warmUp: 20, steps: 40, batch: 60, learningRate: 0.05 } as const;
/** Chains that are so far out have flown away. */
const FAR = 1e4;

/** Chains that sample what caused a number, and a model that learns by them, stepped together. */
export const cloud: Demonstrate<CloudShown> = ({ values, seed }) => new Cloud(values, seed);

class Cloud implements Demonstration<CloudShown> {
  private step = 0;
  private chains: Float64Array;
  private readonly rng: Rng;
  private lessons: Generator<SamplingState, never> | null;
  private model: { readonly w: number; readonly b: number };
  private course: number[] = [];
  private trouble: string | null = null;

  constructor(
    private values: Values,
    private readonly seed: number,
  ) {
    this.rng = createRng(deriveSeed(seed, 1));
    this.model = isOn(values, 'learn') ? UNLEARNT : WORLD;
    this.chains = Float64Array.from({ length: CHAINS }, () => 3 * this.rng.normal());
    this.lessons = this.lessonsOf();
  }

  /** The lessons from the model as it is, at this rate and temperature; null: it does not learn. */
  private lessonsOf(): Generator<SamplingState, never> | null {
    if (!isOn(this.values, 'learn')) return null;
    const how = { temperature: this.at('temperature'), rate: this.at('rate'), ...LESSON };
    const lessons = learnBySampling(this.model, { ...how, seed: deriveSeed(this.seed, 2 + this.step) }); // prettier-ignore
    lessons.next();
    return lessons;
  }

  private at(key: string): number {
    return numberOf(this.values, key);
  }

  /** λ, how curved the free energy is in z. */
  private get curvature(): number {
    return 1 + this.model.w ** 2;
  }

  advance(): void {
    if (this.trouble) return;
    const how = { rate: this.at('rate'), temperature: this.at('temperature') };
    const seen = this.at('seen');
    this.chains = this.chains.map((z) => sampleStep(z, seen, this.model, how, this.rng.normal()));
    if (this.lessons) this.learn(this.lessons);
    this.step++;
    if (this.chains.some((z) => !(Math.abs(z) < FAR)))
      this.trouble = `The chains fly away: the rate is over 2/λ, here ${(2 / this.curvature).toFixed(3)}.`;
  }

  private learn(lessons: Generator<SamplingState, never>): void {
    const { w, b } = lessons.next().value;
    // Under a rate beyond 2/λ the next lesson would be learnt from states that have flown away.
    if (!(this.at('rate') < 2 / (1 + w ** 2))) {
      this.lessons = null;
      this.trouble = `w has grown to ${w.toFixed(1)}, and the rate is over 2/λ now: settling would diverge, so learning stops here.`;
    }
    this.model = { w, b };
    this.course.push(w);
  }

  frame() {
    const { chains, model, curvature, step, trouble } = this;
    const [temperature, rate, seen] = [this.at('temperature'), this.at('rate'), this.at('seen')];
    const mean = chains.reduce((sum, z) => sum + z, 0) / CHAINS;
    const cloudVariance = chains.reduce((sum, z) => sum + (z - mean) ** 2, 0) / CHAINS;
    const bound = 2 / curvature;
    const belief = { mean: (model.b + model.w * seen) / curvature, variance: 1 / curvature };
    const { causes, numbers, rates } = CLOUD_AXES;
    const shown: CloudShown = {
      cloud: Float32Array.from(chains),
      ...belief,
      belief: densityOf(belief, causes),
      ...{ curvature, cloudVariance, bound, seen, ...model },
      expectedVariance: rate < bound ? chainVariance(temperature, curvature, rate) : null,
      theory: curve([rates[0], Math.min(rates[1], 0.995 * bound)], (one) =>
        chainVariance(temperature, curvature, one),
      ),
      world: densityOf(DATA, numbers),
      learnt: densityOf(believed(model), numbers),
      course: Float32Array.from(this.course),
    };
    return { step, metric: cloudVariance, ended: false, says: trouble, isTrouble: trouble !== null, shown }; // prettier-ignore
  }

  change(next: Values): void {
    this.values = next;
    const wasFar = this.chains.some((z) => !(Math.abs(z) < FAR));
    // What flew away is begun anew under the new settings.
    if (wasFar) this.chains = this.chains.map(() => 3 * this.rng.normal());
    this.trouble = null;
    this.lessons = this.lessonsOf();
  }

  close(): void {
    this.lessons = null;
  }
}

/** How many places of an axis a curve is drawn through. */
const PLACES = 201;

function curve([from, to]: readonly [number, number], value: (at: number) => number): Curve {
  const at = Float32Array.from({ length: PLACES }, (_, i) => from + ((to - from) * i) / (PLACES - 1)); // prettier-ignore
  return { at, values: at.map(value) };
}

const densityOf = (
  { mean, variance }: { readonly mean: number; readonly variance: number },
  axis: readonly [number, number],
): Curve => curve(axis, (at) => density({ mean, sd: Math.sqrt(variance) }, at));
