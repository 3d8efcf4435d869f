import type { Theta } from '../engine/theta.ts';
import type { Episode } from '../predictive/network/episode.ts';
import { learnFrom } from '../predictive/network/learning.ts';
import { release } from '../predictive/network/memory.ts';
import { freshTheta } from '../predictive/network/parameters.ts';
import { parseSettings } from '../predictive/network/parse.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import type { Learnt } from '../predictive/network/update.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';

/** The settings of a network's twin, which learns by backpropagation: the variance of the output is nothing that its loss ½‖y − mu‖² knows of. */
export const twinOf = (settings: NetworkSettings): NetworkSettings => ({
  ...settings,
  learn: 'backprop',
  outputVariance: 1,
});

/** A network that learns while an exhibit runs. It owns its tensors. */
export class Learner {
  readonly settings: NetworkSettings;
  private learnt: Learnt;
  private made = 0;

  /** Fresh synapses of a seed; settings that are not said are the usual ones of the system. Throws a config error. */
  constructor(settings: Partial<NetworkSettings>, seed: number) {
    this.settings = parseSettings(settings);
    this.learnt = { theta: freshTheta(this.settings, seed), moments: {} };
  }

  /** Updates made so far. */
  get updates(): number {
    return this.made;
  }

  /** Its parameters as they are now; they stay the learner's. */
  get theta(): Theta {
    return this.learnt.theta;
  }

  /** Settles on a batch and learns from it; answers F before and after settling, nats an image. Throws a "diverged" error, with nothing learnt. `giveWay` is called before every settling step. */
  async learn(
    episode: Episode,
    giveWay?: () => Promise<void>,
  ): Promise<{ readonly before: number; readonly after: number }> {
    const { learnt, updates, energy } = await learnFrom(this.settings, this.learnt, episode, this.made, giveWay); // prettier-ignore
    release(this.learnt);
    this.learnt = learnt;
    this.made += updates;
    return energy;
  }

  /** The network as it is now, ready to settle, perhaps with other settings; the caller disposes it. */
  wired(other: Partial<NetworkSettings> = {}): Promise<Wiring> {
    const settings = { ...this.settings, ...other };
    return wire({ settings, theta: this.learnt.theta });
  }

  dispose(): void {
    release(this.learnt);
  }
}
