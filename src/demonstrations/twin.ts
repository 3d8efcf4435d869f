import * as tf from '@tensorflow/tfjs-core';

import type { Theta } from '../engine/theta.ts';
import { backpropagate } from '../predictive/network/backprop.ts';
import { release } from '../predictive/network/memory.ts';
import { freshTheta } from '../predictive/network/parameters.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { forwardPass } from '../predictive/network/start.ts';
import type { Learnt } from '../predictive/network/update.ts';
import { updated } from '../predictive/network/update.ts';
import type { Wiring } from '../predictive/network/wiring.ts';
import { wire } from '../predictive/network/wiring.ts';
import type { Digits } from './digits.ts';

/** The twin of a network: the same fresh synapses of a seed, which learn by backpropagation. It owns its tensors. */
export class Twin {
  private readonly settings: NetworkSettings;
  private learnt: Learnt;
  private made = 0;

  constructor(settings: NetworkSettings, seed: number) {
    // Its loss is ½‖y − mu‖²: the variance of the output is nothing that backpropagation knows of.
    this.settings = { ...settings, outputVariance: 1 };
    this.learnt = { theta: freshTheta(settings, seed), moments: {} };
  }

  /** Its parameters as they are now; they stay the twin's. */
  get theta(): Theta {
    return this.learnt.theta;
  }

  /** Learns from a batch. */
  async learn({ x, y }: Digits): Promise<void> {
    const wiring = await this.wired();
    const back = backpropagate(wiring, x, y);
    wiring.dispose();
    const before = this.learnt;
    this.learnt = await updated(this.settings, before, back.changes, ++this.made);
    release([before, back]);
  }

  /** The network as it is now; the caller disposes it. */
  wired(): Promise<Wiring> {
    return wire({ settings: this.settings, theta: this.learnt.theta });
  }

  dispose(): void {
    release(this.learnt);
  }
}

/** The share of pictures that a network's forward pass puts into their class, in percent. */
export async function percentRight(wiring: Wiring, { x, labels }: Digits): Promise<number> {
  const answers = tf.tidy(() => tf.argMax(forwardPass(wiring, x).at(-1)!, 1));
  const classes = await answers.data<'int32'>();
  answers.dispose();
  return (100 * labels.filter((label, i) => label === classes[i]).length) / labels.length;
}
