import * as tf from '@tensorflow/tfjs-core';

import { binariseValues } from '../../data/dataset.ts';
import { logLikelihood } from '../../engine/likelihood.ts';
import { openModel } from '../../models/files.ts';
import type { DiscrepancyMeasure } from '../../ngc/equations/discrepancy.ts';
import { totalDiscrepancy } from '../../ngc/equations/discrepancy.ts';
import { gaugeOf } from '../../ngc/gauge.ts';
import { NgcImageModel } from '../../ngc/imageModel.ts';
import { opByOp } from '../../ngc/opByOp.ts';
import type { Settling } from '../../ngc/settling.ts';
import type { RunLook, RunSettled } from '../../protocol/runsBeside.ts';
import { MOST_TOLD_STEPS } from '../../protocol/runsBeside.ts';
import { NgcError } from '../../shared/errors.ts';
import { joined, told } from '../comparison.ts';
import { withInput } from '../inputEpisode.ts';
import { yieldToMessages } from '../pacing.ts';
import type { RunShelf } from './runShelf.ts';

/** Numbers about one step that a picture beside it needs the truth for. */
interface Fit {
  readonly seen: number;
  readonly hidden: number | null;
  readonly discrepancy: number;
}

/** How well a step's prediction mu_0 fits what was drawn, seen or not, and ψ: nats. */
async function fitOf(
  settling: Settling,
  truth: tf.Tensor2D,
  mask: tf.Tensor2D | null,
  measure: DiscrepancyMeasure,
): Promise<Fit> {
  const activity = await settling.read();
  const numbers = tf.tidy(() => {
    const mu0 = activity.mu[0]!;
    const seen = logLikelihood(truth, mu0, mask);
    const hidden = logLikelihood(truth, mu0, mask ? tf.sub(1, mask) : tf.zerosLike(truth));
    return tf.concat1d([tf.neg(seen), tf.neg(hidden), totalDiscrepancy(activity, measure)]);
  });
  const [seen, hidden, discrepancy] = await numbers.data();
  numbers.dispose();
  return { seen: seen!, hidden: mask ? hidden! : null, discrepancy: discrepancy! };
}

/**
 * Kept runs looking at a picture, each with its own network as it was kept last. One network is open at a time, and closed when it has
 * settled. Computes op by op, with nothing that others use meanwhile.
 */
export class RunLooks {
  private controller = new AbortController();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly shelf: RunShelf) {}

  /** Ends what is under way or waits: it fails as cancelled. */
  end(): void {
    this.controller.abort();
    this.controller = new AbortController();
  }

  /** Settles a picture on a run's network, after those that were asked before. Throws a file error where there is no such run. */
  settle(look: RunLook): Promise<RunSettled> {
    const { signal } = this.controller;
    const result = this.last.then(() => this.settleNow(look, signal));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async settleNow(look: RunLook, signal: AbortSignal): Promise<RunSettled> {
    const check = () => {
      if (signal.aborted) throw new NgcError('cancelled', 'Looking at the picture was cancelled.');
    };
    check();
    const { bytes, card } = await this.shelf.file(look.id);
    // With what training carries: the precisions that its network settles with are among it.
    const { model: image } = await openModel(bytes, card.name, opByOp);
    try {
      if (!(image instanceof NgcImageModel))
        throw new NgcError('file', `${card.name} holds a ${image.title}, which does not settle.`);
      const { imagesSeen } = image.model;
      return { card: { ...card, imagesSeen }, ...(await trajectory(image, look, check)) };
    } finally {
      image.dispose();
    }
  }
}

/** What a network does with a picture, from states at zero to its last step. `check` may throw between two steps. */
async function trajectory(
  { model, executor }: NgcImageModel,
  { pixels, mask, how }: RunLook,
  check: () => void,
): Promise<Omit<RunSettled, 'card'>> {
  const { config } = model;
  const steps = Math.min(config.steps, MOST_TOLD_STEPS);
  const measure = await gaugeOf(model);
  const truth = tf.tensor2d(binariseValues(pixels), [1, pixels.length]);
  const seen = mask && tf.tensor2d(Float32Array.from(mask), [1, mask.length]);
  const settling = await withInput({ pixels, mask }, (x, hidden) =>
    executor.begin(model, x, { mask: hidden, how, onlyLooks: true }),
  );
  try {
    const each: (Awaited<ReturnType<typeof told>> & Fit)[] = [];
    for (;;) {
      const fit = await fitOf(settling, truth, seen, measure);
      each.push({ ...(await told(settling, mask !== null)), ...fit });
      if (settling.steps >= steps) break;
      await yieldToMessages();
      check();
      await settling.advance();
    }
    return {
      ...{ config, steps },
      pictures: joined(each.map(({ picture }) => picture)),
      activity: config.sizes.slice(1).map((_, i) => joined(each.map((one) => one.activity[i]!))),
      active: each.map(({ active }) => active),
      seenBce: each.map((one) => one.seen),
      hiddenBce: mask && each.map(({ hidden }) => hidden!),
      discrepancy: each.map(({ discrepancy }) => discrepancy),
    };
  } finally {
    settling.dispose();
    tf.dispose([truth, ...(seen ? [seen] : [])]);
  }
}
