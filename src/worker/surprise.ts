import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { heldOut } from '../data/batches.ts';
import { imagesOf } from '../data/dataset.ts';
import { quantile } from '../engine/measures/discrepancy.ts';
import { checkLesions } from '../ngc/lesions.ts';
import { opByOp } from '../ngc/opByOp.ts';
import { actingSteering } from '../ngc/steering.ts';
import { surpriseByStep } from '../ngc/surprise.ts';
import type { Progress } from '../protocol/snapshot.ts';
import type { Look, SurpriseReport, SurpriseSpread } from '../protocol/surprise.ts';
import { NgcError } from '../shared/errors.ts';
import type { DatasetShelf } from './datasets.ts';
import { cutsOf } from './inputEpisode.ts';
import type { NetworkShelf } from './networks.ts';
import { yieldToMessages } from './pacing.ts';

const IMAGES = 200;
/** So few are settled together that one step of theirs is soon done. */
const TOGETHER = 10;
/** The same images for every network. */
const SEED = 2022;
const LABEL = 'Measuring what is usual';

/** What the page wants to know: a way to look, and to which step. */
export interface Question extends Look {
  readonly steps: number;
}

/** Where the values of one step stand: those of `count` images, and of the empty page. */
function spreadOf(values: Float32Array, blank: number): SurpriseSpread {
  const sorted = values.slice().sort();
  const at = (share: number) => quantile(sorted, share);
  return {
    ...{ least: at(0), p5: at(0.05), p25: at(0.25), p50: at(0.5) },
    ...{ p75: at(0.75), p95: at(0.95), most: at(1), blank },
  };
}

/** Measures how surprise is spread over held-out images that are looked at in one way, beside everything else the worker does. */
export class SurpriseGauge {
  progress: Progress | null = null;
  private controller = new AbortController();

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
  ) {}

  cancel(): void {
    this.controller.abort();
  }

  /**
   * The spread for the network as it is. Rejects as cancelled where its synapses, its settings or the data change meanwhile, or
   * something else is asked; as a usage error where the network has no such neurons to silence.
   */
  async scale({ steps, ...look }: Question): Promise<SurpriseReport> {
    this.cancel();
    const controller = (this.controller = new AbortController());
    const network = this.networks.current;
    const { version, model } = network;
    const { config } = model;
    checkLesions(config.sizes, look.lesions);
    const { test, title } = this.datasets.loaded;
    const check = () => {
      const same = this.networks.active === network && network.version === version;
      const sameData = this.datasets.report?.title === title;
      if (controller.signal.aborted || !same || !sameData || model.config !== config)
        throw new NgcError('cancelled', 'Measuring was cancelled.');
    };
    const startedAt = performance.now();
    const report = (fraction: number) => {
      const elapsed = (performance.now() - startedAt) / 1000;
      const secondsLeft = fraction > 0.02 ? (elapsed * (1 - fraction)) / fraction : null;
      this.progress = { label: LABEL, fraction, secondsLeft };
    };
    report(0);
    try {
      const indices = heldOut(test, IMAGES, SEED);
      const pictures = imagesOf(test, indices);
      const count = pictures.count;
      const byStep = Array.from({ length: steps + 1 }, () => new Float32Array(count));
      const blank = new Float32Array(steps + 1);
      // The empty page is settled with the first images.
      for (let from = 0; from < count; from += TOGETHER) {
        const to = Math.min(count, from + TOGETHER);
        const pixels = pictures.read(from, to);
        const rows = to - from + 1;
        const values = await this.values(look, pixels, rows, steps, async (step) => {
          report((from + (TOGETHER * step) / steps) / count);
          await yieldToMessages();
          check();
        });
        byStep.forEach((all, step) => {
          all.set(values.subarray(step * rows, step * rows + rows - 1), from);
          blank[step] = values[step * rows + rows - 1]!;
        });
      }
      const steering = actingSteering(config, { lesions: look.lesions, enduring: look.live });
      const spread = byStep.map((values, step) => spreadOf(values, blank[step]!));
      return { look, version, steering, spread, images: count, dataset: title };
    } catch (error) {
      check(); // a network that was replaced has lost its synapses: that is no fault
      throw error;
    } finally {
      if (this.controller === controller) this.progress = null;
    }
  }

  /** Of `rows` pictures, the last of them an empty page: how much each surprises at steps 0 … `steps`. */
  private async values(
    { mask, how, lesions, live }: Look,
    pixels: Float32Array,
    rows: number,
    steps: number,
    onStep: (step: number) => Promise<void>,
  ): Promise<Float32Array> {
    const { model } = this.networks.current;
    const width = model.config.sizes[0]!;
    const all = new Float32Array(rows * width);
    all.set(pixels);
    const x = tf.tensor2d(all, [rows, width]);
    const seen: Tensor2D | null =
      mask && tf.tidy(() => tf.tile(tf.tensor2d(Float32Array.from(mask), [1, width]), [rows, 1]));
    let step = 0;
    try {
      // Not with the network's own executor, which others use meanwhile.
      return await surpriseByStep({ model, executor: opByOp }, x, {
        ...{ mask: seen, how, lesions: cutsOf(lesions), enduring: live, steps },
        onStep: () => onStep(++step),
      });
    } finally {
      x.dispose();
      seen?.dispose();
    }
  }
}
