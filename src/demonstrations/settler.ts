import * as tf from '@tensorflow/tfjs-core';

import { isDiverged } from '../predictive/network/divergence.ts';
import type { Episode } from '../predictive/network/episode.ts';
import { release, tidied } from '../predictive/network/memory.ts';
import { lastLayer } from '../predictive/network/parameters.ts';
import { advance } from '../predictive/network/settling.ts';
import { begin } from '../predictive/network/start.ts';
import type { State } from '../predictive/network/state.ts';
import { energyProfile, stateOf } from '../predictive/network/state.ts';
import type { Wiring } from '../predictive/network/wiring.ts';

/** What the neurons of one image do, layer by layer. */
export interface Activity {
  /** z_0 … z_L. */
  readonly values: readonly Float32Array[];
  /** e_1 … e_L, the first at 0. */
  readonly errors: readonly Float32Array[];
}

/** A network that settles step by step, and what is remembered of its way. It owns its states; wiring and episode stay the caller's. */
export class Settler {
  private readonly profiles: Float32Array[] = [];
  /** F where what is held was last changed: what blows up is told by it. */
  private from = 0;
  private blownUp = false;

  private constructor(
    private wiring: Wiring,
    private episode: Episode,
    private state: State,
    private readonly most: number,
  ) {}

  /** Before the first step. Remembers the energies of the last `most` states. */
  static async begin(wiring: Wiring, episode: Episode, most = Infinity): Promise<Settler> {
    const settler = new Settler(wiring, episode, begin(wiring, episode), most);
    settler.from = await settler.remember();
    return settler;
  }

  /** Steps made. */
  get step(): number {
    return this.state.step;
  }

  /** F left all proportion: it makes no steps any more. */
  get hasBlownUp(): boolean {
    return this.blownUp;
  }

  /** F_1 … F_L, means over the images in nats, a row a step, the last one of now. */
  get energies(): readonly Float32Array[] {
    return this.profiles;
  }

  /** F of all layers, at every step remembered. */
  totals(): Float32Array {
    return Float32Array.from(this.profiles, sumOf);
  }

  /** F as it is now: the sum over the layers. */
  get energy(): number {
    return sumOf(this.profiles.at(-1)!);
  }

  /** One step, by the settings of now; none once it has blown up. */
  async advance(): Promise<void> {
    if (this.blownUp) return;
    this.replace(advance(this.wiring, this.episode, this.state));
    this.blownUp = isDiverged(this.from, await this.remember());
  }

  /** The same synapses under other settings, from the next step on. */
  set(wiring: Wiring): void {
    this.wiring = wiring;
    this.blownUp = false;
  }

  /** Holds the last layer at something else, or lets it go: it stays where it is. What the other neurons do is kept. */
  async hold(episode: Episode): Promise<void> {
    this.episode = episode;
    const { state, wiring } = this;
    this.replace(
      tidied(() => {
        const z = state.z.map((layer, l) =>
          tf.clone(l === lastLayer(wiring.settings) ? (episode.output ?? layer) : layer),
        );
        return stateOf(wiring, z, { step: state.step, velocity: state.velocity.map(tf.clone) });
      }),
    );
    this.profiles.pop();
    this.from = await this.remember();
    this.blownUp = false;
  }

  /** What the neurons of the first image do. */
  async activity(): Promise<Activity> {
    const first = (layers: State['z']) =>
      Promise.all(layers.map(async (layer) => (await layer.data<'float32'>()).slice(0, layer.shape[1]))); // prettier-ignore
    return { values: await first(this.state.z), errors: await first(this.state.errors) };
  }

  dispose(): void {
    release(this.state);
  }

  private replace(next: State): void {
    release(this.state);
    this.state = next;
  }

  /** Keeps the energies of now, and answers their sum. */
  private async remember(): Promise<number> {
    const profile = (await energyProfile(this.wiring, this.state)).slice(1);
    this.profiles.push(profile);
    if (this.profiles.length > this.most) this.profiles.shift();
    return sumOf(profile);
  }
}

const sumOf = (profile: Float32Array): number => profile.reduce((sum, energy) => sum + energy, 0);

/** Rows of equal length behind each other. */
export function flat(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => all.set(row, i * width));
  return all;
}
