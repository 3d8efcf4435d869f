import type { ModelConfig } from '../ngc/config/settings.ts';
import type { DiscrepancyMeasure } from '../ngc/equations/discrepancy.ts';
import type { Model } from '../ngc/model.ts';
import type { Settling } from '../ngc/settling.ts';
import { actingSteering } from '../ngc/steering.ts';
import { frameLayout } from '../protocol/frame.ts';
import type { EpisodeUpdate } from '../protocol/episode.ts';
import type { Have } from '../protocol/snapshot.ts';
import type { Condition, Lesions } from '../protocol/condition.ts';
import { NO_LESIONS } from '../protocol/condition.ts';
import { frameOf } from './frames.ts';

/** So many steps of an episode are kept, or T where that is more. */
const LEAST_KEPT = 120;

/** What an episode is, apart from its frames. */
type About = Pick<EpisodeUpdate, 'kind' | 'masked' | 'live' | 'resting'> & {
  readonly lesions: Lesions;
  /** Version of the network's synapses. */
  readonly version: number;
  /** The step at which it ends. */
  readonly steps: number;
};

interface Recorded {
  readonly number: number;
  readonly step: number;
  readonly condition: Condition;
  readonly frame: Float32Array;
}

/** Under what the next step is made. */
function conditionOf(config: ModelConfig, { lesions, live }: About): Condition {
  return { steering: actingSteering(config, { lesions, enduring: live }), lesions };
}

/** Keeps the frames of the newest settling episode until the page pulls them. */
export class Recorder {
  private id = 0;
  private kept: Recorded[] = [];
  /** Number of the next frame. */
  private next = 0;
  private about: About | null = null;
  private config: ModelConfig | null = null;
  private condition: Condition | null = null;

  /** Whether the episode that `begin` gave this number is still the one that is kept. */
  holds(id: number): boolean {
    return id === this.id;
  }

  /** Starts an episode; the page drops the frames of the last one when it sees the new id. Returns the episode's number. */
  begin(about: Partial<About> & Pick<About, 'kind' | 'version'>, model: Model): number {
    this.clear();
    const whole = { masked: false, live: false, resting: false, lesions: NO_LESIONS };
    this.config = model.config;
    this.about = { ...whole, steps: model.config.steps, ...about };
    return this.id;
  }

  /** Forgets the episode: nothing is being settled. */
  clear(): void {
    this.id++;
    this.kept = [];
    this.next = 0;
    this.about = null;
    this.condition = null;
  }

  /** Says what has changed about the episode. */
  tell(change: Partial<About>): void {
    if (this.about) this.about = { ...this.about, ...change };
  }

  /**
   * Adds a frame: what the first image of the episode does now. It replaces one of the same step. Null where another
   * episode began meanwhile.
   */
  async record(
    model: Model,
    settling: Settling,
    measure: DiscrepancyMeasure | null,
  ): Promise<Float32Array | null> {
    const { id } = this;
    const step = settling.steps;
    const { config } = model;
    const frame = await frameOf(settling, config.beta, measure);
    if (id !== this.id || !this.about) return null;
    // One object as long as nothing changes: a message then carries it once.
    if (this.config !== config || this.condition?.lesions !== this.about.lesions)
      this.condition = null;
    this.config = config;
    this.condition ??= conditionOf(config, this.about);
    while (this.kept.length > 0 && this.kept.at(-1)!.step >= step) this.kept.pop();
    this.kept.push({ number: this.next++, step, condition: this.condition, frame });
    const most = Math.max(LEAST_KEPT, config.steps) + 1;
    if (this.kept.length > most) this.kept.shift();
    return frame;
  }

  /** What the page does not have yet. */
  since(have: Have): EpisodeUpdate | null {
    if (!this.about || !this.config) return null;
    const { kind, steps, masked, live, resting, version } = this.about;
    const { config } = this;
    const from = have.episode === this.id ? have.frames : 0;
    const fresh = this.kept.filter(({ number }) => number >= from);
    const { stride } = frameLayout(config.sizes);
    const frames = new Float32Array(fresh.length * stride);
    fresh.forEach(({ frame }, i) => frames.set(frame, i * stride));
    return {
      id: this.id,
      ...{
        kind,
        sizes: config.sizes,
        config,
        weightsVersion: version,
        steps,
        masked,
        live,
        resting,
      },
      stepOf: fresh.map(({ step }) => step),
      conditions: fresh.map(({ condition }) => condition),
      ...{ from, next: this.next, firstStep: this.kept[0]?.step ?? 0, frames },
    };
  }
}
