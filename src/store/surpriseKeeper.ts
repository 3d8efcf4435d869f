import type { Context } from './context.ts';
import { lookOf, LIVE_STEPS, surpriseOf } from './surprise.ts';

/** The engine has been idle so long (ms) before what is usual is measured: whoever draws on is not held up. */
const REST = 300;

/**
 * Has what is usual measured for the picture on show as soon as the engine rests: whenever the network, a setting, a lesion, the data
 * or what is hidden are others than before.
 */
export function keepSurprise(context: Context, measure: () => Promise<void>): void {
  const { store, episode } = context;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What is about to be measured, as soon as the engine has rested long enough. */
  let waiting: string | null = null;
  /** What was asked for last: it is not asked for again by itself, should it have failed. */
  let asked = '';

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
    const key = [mask?.join(''), rest, info.weightsVersion, data.title, model.title, steering];
    return JSON.stringify([...key, info.live ? LIVE_STEPS : info.steps]);
  };
  const look = () => {
    const key = needed();
    if (key === waiting) return;
    clearTimeout(timer);
    waiting = key === asked ? null : key;
    if (waiting === null) return;
    timer = setTimeout(() => {
      asked = waiting ?? '';
      waiting = null;
      void measure();
    }, REST);
  };
  store.subscribe((now, before) => {
    if (now.model?.title !== before.model?.title || now.weightsVersion !== before.weightsVersion)
      asked = '';
    look();
  });
  episode.changed.subscribe(look);
}
