import * as tf from '@tensorflow/tfjs-core';

import { sampleMixture } from '../engine/prior/mixture.ts';
import { imagine } from '../ngc/imagine.ts';
import type { Lesions } from '../protocol/condition.ts';
import type { ImaginingsReport } from '../protocol/imaginings.ts';
import type { Progress } from '../protocol/snapshot.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import { NgcError } from '../shared/errors.ts';
import type { DatasetShelf } from './datasets.ts';
import type { InputDriver } from './inputDriver.ts';
import type { Drawing, Start } from './inputEpisode.ts';
import { cutsOf, isSame, withInput } from './inputEpisode.ts';
import type { Network } from './network.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';
import type { Task } from './progress.ts';
import { priorFor } from './priors.ts';

const LABEL = 'Imagining';

/** What imaginings are of, and under what. */
interface Origin {
  readonly network: Network;
  readonly version: number;
  readonly config: Network['model']['config'];
  readonly drawing: Drawing;
  readonly lesions: Lesions;
}

/** Imagines what the drawing hides, from several samples of the prior at once, beside everything else the worker does. */
export class Imaginer {
  progress: Progress | null = null;
  private controller: AbortController | null = null;
  /** Where those of the last report began, the best fitting first. */
  private latest: { readonly origin: Origin; readonly starts: readonly Start[] } | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
    private readonly input: InputDriver,
    private readonly task: Task,
  ) {}

  cancel(): void {
    this.controller?.abort();
  }

  /**
   * Settles the drawing from `count` samples of the prior; tells of the `keep` that fit what is seen best. Rejects as cancelled where
   * the drawing, the network, its settings or its lesions change meanwhile, or others are asked for.
   */
  async imagine({ count, keep, seed }: FieldsOf<'imagine'>): Promise<ImaginingsReport> {
    this.cancel();
    const controller = new AbortController();
    this.controller = controller;
    const origin = this.origin();
    const check = () => {
      if (controller.signal.aborted || !this.isOf(origin))
        throw new NgcError('cancelled', 'Imagining was cancelled.');
    };
    const progress = (fraction: number) => {
      if (!controller.signal.aborted) this.progress = { label: LABEL, fraction, secondsLeft: null };
    };
    try {
      const { mixture } = await priorFor(origin.network, this.datasets, this.task);
      check();
      progress(0);
      const top = sampleMixture(mixture, count, seed).data;
      return await this.settle(origin, top, {
        ...{ keep, seed },
        async follow(fraction) {
          progress(fraction);
          await yieldToMessages();
          check();
        },
      });
    } catch (error) {
      check(); // a network that was replaced has lost its synapses: that is no fault
      throw error;
    } finally {
      if (this.controller === controller) {
        this.controller = null;
        this.progress = null;
      }
    }
  }

  /** Where an imagining of the last report began. Throws a usage error where there is none, or it is of something else. */
  start(index: number): Start {
    const { latest } = this;
    if (!latest || !this.isOf(latest.origin))
      throw new NgcError(
        'usage',
        'What was imagined is of another drawing or network: imagine again.',
      );
    const start = latest.starts[index];
    if (!start)
      throw new NgcError(
        'usage',
        `There are imaginings 0 to ${latest.starts.length - 1}, not ${index}.`,
      );
    return start;
  }

  private origin(): Origin {
    const network = this.networks.current;
    const { drawing, lesions } = this.input;
    if (!drawing?.mask)
      throw new NgcError('usage', 'Nothing of a drawing is hidden: there is nothing to imagine.');
    const { version, model } = network;
    return { network, version, config: model.config, drawing, lesions };
  }

  /** Whether everything still is as it was. */
  private isOf({ network, version, config, drawing, lesions }: Origin): boolean {
    const same = this.networks.active === network && network.version === version;
    const { input } = this;
    return (
      same &&
      network.model.config === config &&
      JSON.stringify(input.lesions) === JSON.stringify(lesions) &&
      input.drawing !== null &&
      isSame(input.drawing, drawing)
    );
  }

  /** @param top φ(z_L) [count, J_L], draws from the prior */
  private async settle(
    origin: Origin,
    top: Float32Array,
    {
      keep,
      seed,
      follow,
    }: { keep: number; seed: number; follow: (fraction: number) => Promise<void> },
  ): Promise<ImaginingsReport> {
    const { network, drawing, config, lesions, version } = origin;
    const { steps } = config;
    const width = network.latents.width;
    const drawn = top.length / width;
    const latents = tf.tensor2d(top, [drawn, width]);
    const seen: Float32Array[] = [];
    try {
      const imaginings = await withInput(drawing, (x, mask) =>
        imagine(network, x, mask!, latents, {
          ...{ steps, lesions: cutsOf(lesions) },
          async onStep(settling) {
            const { z } = await settling.read();
            seen.push(Float32Array.from(await z[0]!.data()));
            await follow(settling.steps / steps);
          },
        }),
      );
      const { order, mean, spread } = imaginings;
      const kept = order.slice(0, keep);
      this.latest = {
        origin,
        starts: kept.map((row, index) => ({
          address: { seed, index },
          topActivity: top.slice(row * width, (row + 1) * width),
        })),
      };
      const picturesOf = (row: number) => {
        const pixels = mean.length;
        const pictures = new Float32Array(seen.length * pixels);
        seen.forEach((all, step) =>
          pictures.set(all.subarray(row * pixels, (row + 1) * pixels), step * pixels),
        );
        return pictures;
      };
      return {
        ...{ seed, drawn, steps, mean, spread, version },
        kept: kept.map((row, i) => ({
          seenNats: imaginings.seen[i]!,
          pictures: picturesOf(row),
        })),
      };
    } finally {
      latents.dispose();
    }
  }
}
