import { NgcError } from '../../shared/errors.ts';
import { changesOf } from './changes.ts';
import { checkEnergy } from './divergence.ts';
import type { Episode } from './episode.ts';
import { release, tidied } from './memory.ts';
import type { NetworkSettings } from './settings.ts';
import { advance } from './settling.ts';
import { begin } from './start.ts';
import { meanEnergy, restated, volumeOf } from './state.ts';
import { learnByBackprop } from './twin.ts';
import type { Learnt } from './update.ts';
import { updated } from './update.ts';
import { wire } from './wiring.ts';

/** What one batch did to a network. */
export interface Lesson {
  /** The caller's. */
  readonly learnt: Learnt;
  /** Updates made: one, or with `update` "every" one a step and one at the end. */
  readonly updates: number;
  /** The mean F over the batch before the first step and after the last one, nats. */
  readonly energy: { readonly before: number; readonly after: number };
}

/** Called with the share of a batch's steps that is made. */
type OnProgress = ((fraction: number) => void | Promise<void>) | undefined;

/**
 * Settles on a batch and learns from it; with `update` "every" before each step too, from the states of that step. Nothing of what
 * `before` holds changes. Its twin learns by backpropagation instead. Throws a "diverged" error, with nothing learnt, where F left all proportion.
 *
 * @param updates made before
 */
export async function learnFrom(
  settings: NetworkSettings,
  before: Learnt,
  episode: Episode,
  updates: number,
  onProgress?: OnProgress,
): Promise<Lesson> {
  const { input, output } = episode;
  if (settings.learn === 'backprop' && input && output) {
    const { learnt, loss } = await learnByBackprop(
      settings,
      before,
      { input, output },
      updates + 1,
    );
    if (Number.isFinite(loss)) return { learnt, updates: 1, energy: { before: loss, after: loss } };
    release(learnt);
    throw new NgcError('diverged', 'The loss is no longer finite; lower the learning rate.');
  }
  let learnt = before;
  let made = 0;
  let wiring = await wire({ settings, theta: before.theta });
  let state = begin(wiring, episode);
  const start = meanEnergy(wiring, state);
  const learn = async () => {
    const changes = changesOf(wiring, episode, state);
    const from = learnt;
    try {
      learnt = await updated(settings, from, changes, updates + ++made);
    } finally {
      release(changes);
    }
    if (from !== before) release(from);
  };
  try {
    while (state.step < settings.steps) {
      await onProgress?.(state.step / settings.steps);
      let next = advance(wiring, episode, state);
      if (settings.update === 'every') {
        await learn();
        wiring.dispose();
        wiring = await wire({ settings, theta: learnt.theta });
        const { predictions, errors } = next;
        next = tidied(() => restated(wiring, next));
        release([predictions, errors]);
      }
      release(state);
      state = next;
    }
    const end = meanEnergy(wiring, state);
    const energy = { before: (await start.data())[0]!, after: (await end.data())[0]! };
    release(end);
    await checkEnergy(wiring, episode, energy);
    const volume = volumeOf(wiring);
    await learn();
    return {
      learnt,
      updates: made,
      energy: { before: energy.before + volume, after: energy.after + volume },
    };
  } catch (error) {
    if (learnt !== before) release(learnt);
    throw error;
  } finally {
    release([state, start]);
    wiring.dispose();
  }
}
