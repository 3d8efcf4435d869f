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
type About = Pick<EpisodeUpdate, 'kind' | 'how' | 'imagining' | 'live' | 'resting'> & {
  /** 1 where a pixel is seen; null: all are. */
  readonly mask: Uint8Array | null;
  readonly lesions: Lesions;
  /** The page's number of what is seen; 0 in episodes of training. */
  readonly input: number;
  /** Version of the network's synapses. */
  readonly version: number;
  /** The step at which it ends. */
  readonly steps: number;
};

interface Recorded {
  readonly number: number;
  readonly step: number;
  readonly condition: Condition;
  readonly input: number;
  readonly frame: Float32Array;
}

/** Under what the next step is made. */
function conditionOf(config: ModelConfig, { lesions, live }: About): Condition {
  return { steering: actingSteering(config, { lesions, enduring: live }), lesions };
}

/** An episode with its frames. */
interface Episode {
  readonly id: number;
  about: About;
  config: ModelConfig;
  condition: Condition | null;
  readonly kept: Recorded[];
  /** Number of the next frame. */
  next: number;
}

/** Keeps the frames of the newest settling episode until the page pulls them. */
export class Recorder {
  /** Counts episodes. */
  private last = 0;
  /** The newest one, which may have nothing to show yet. */
  private newest: Episode | null = null;
  /** The one on show: until the newest has a frame, the one before it. */
  private shown: Episode | null = null;

  /** Whether the episode that `begin` gave this number is still the newest. */
  holds(id: number): boolean {
    return id === this.newest?.id;
  }

  /** Starts an episode; it is shown from its first frame on. Returns the episode's number. */
  begin(about: Partial<About> & Pick<About, 'kind' | 'version'>, model: Model): number {
    const { config } = model;
    const whole = {
      ...{ input: 0, mask: null, live: false, resting: false },
      ...{ how: 'silent' as const, imagining: null, lesions: NO_LESIONS },
    };
    this.newest = {
      id: ++this.last,
      about: { ...whole, steps: config.steps, ...about },
      ...{ config, condition: null, kept: [], next: 0 },
    };
    return this.newest.id;
  }

  /** Forgets the episode: nothing is being settled. */
  clear(): void {
    this.newest = null;
    this.shown = null;
  }

  /** Says what has changed about the newest episode. */
  tell(change: Partial<About>): void {
    if (this.newest) this.newest.about = { ...this.newest.about, ...change };
  }

  /**
   * Adds a frame to the newest episode: what the first image does now. It replaces one of the same step. Null where another
   * episode began meanwhile.
   */
  async record(
    model: Model,
    settling: Settling,
    measure: DiscrepancyMeasure | null,
  ): Promise<Float32Array | null> {
    const { newest: episode } = this;
    const step = settling.steps;
    const { config } = model;
    const { lesions, mask } = episode?.about ?? { lesions: NO_LESIONS, mask: null };
    const frame = await frameOf(settling, model, lesions, mask, measure);
    if (!episode || this.newest !== episode) return null;
    const { about, kept } = episode;
    // One object as long as nothing changes: a message then carries it once.
    if (episode.config !== config || episode.condition?.lesions !== about.lesions)
      episode.condition = null;
    episode.config = config;
    episode.condition ??= conditionOf(config, about);
    while (kept.length > 0 && kept.at(-1)!.step >= step) kept.pop();
    const { condition } = episode;
    kept.push({ number: episode.next++, step, condition, input: about.input, frame });
    const most = Math.max(LEAST_KEPT, config.steps) + 1;
    if (kept.length > most) kept.shift();
    this.shown = episode;
    return frame;
  }

  /** What the page does not have yet of the episode on show. */
  since(have: Have): EpisodeUpdate | null {
    if (!this.shown) return null;
    const { id, about, config, kept, next } = this.shown;
    const { kind, steps, mask, how, imagining, live, resting, version } = about;
    const from = have.episode === id ? have.frames : 0;
    const fresh = kept.filter(({ number }) => number >= from);
    const { stride } = frameLayout(config.sizes);
    const frames = new Float32Array(fresh.length * stride);
    fresh.forEach(({ frame }, i) => frames.set(frame, i * stride));
    return {
      id,
      ...{ kind, sizes: config.sizes, config, weightsVersion: version },
      ...{ steps, masked: mask !== null, how, imagining, live, resting },
      stepOf: fresh.map(({ step }) => step),
      conditions: fresh.map(({ condition }) => condition),
      inputs: fresh.map(({ input }) => input),
      ...{ from, next, firstStep: kept[0]?.step ?? 0, frames },
    };
  }
}
