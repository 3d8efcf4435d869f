import type { Context } from './context.ts';
import { LIVE_STEPS, lookOf, surpriseOf } from './surprise.ts';
import { whenResting } from './whenResting.ts';

/**
 * Has what is usual measured for the picture on show as soon as the engine rests: whenever the network, a setting, a lesion, the data
 * or what is hidden are others than before.
 */
export function keepSurprise(context: Context, measure: () => Promise<void>): void {
  const { store, episode } = context;
  const needed = (): string | null => {
    const state = store.getState();
    const { model, data, setUp, activity, engine } = state;
    const look = lookOf(episode);
    const { info } = episode;
    const present =
      engine === 'ready' && model !== null && data !== null && setUp.mode === 'complete';
    if (!present || activity !== 'idle' || look === null || info === null) return null;
    // The past is over: its network may be another one.
    if (episode.recalled !== null || info.weightsVersion !== state.weightsVersion) return null;
    if (surpriseOf(state, episode)?.scale !== null) return null;
    const { steering } = episode.conditionAt() ?? {};
    const { mask, ...rest } = look;
    const { title, seed, updatesHere } = model;
    const network = [title, seed, updatesHere, info.weightsVersion, model.config];
    const steps = info.live ? LIVE_STEPS : info.steps;
    return JSON.stringify([mask?.join(''), rest, data.title, network, steering, steps]);
  };
  whenResting(context, needed, measure);
}
