import type { Context } from './context.ts';
import { isBlank } from './drawing.ts';
import { isOver } from './episode.ts';
import { imaginingsAreCurrent } from './imaginings.ts';

/**
 * The story shows other ways to go on beside every completion: once an episode has come to its end, they are imagined, unless those at
 * hand are of the same picture, network, settings and cuts. Once for each episode: given up or refused, they wait to be asked for.
 */
export function imagineAlong(
  { store, episode }: Context,
  { imagine }: { imagine(): Promise<void> },
): void {
  let asked: unknown = null;
  const look = () => {
    const state = store.getState();
    const { setUp, drawing, activity, imagining, live, model } = state;
    const { id } = episode.info ?? { id: null };
    if (setUp.density !== 'story' || setUp.mode !== 'complete' || live) return;
    if (activity !== 'idle' || imagining !== null || !isOver(episode) || !episode.following) return;
    // A prior that has yet to be fitted takes time, or data: that is for the person to ask for.
    if (model?.hasPrior !== true) return;
    const { pixels, mask } = drawing.present;
    if (mask === null || isBlank(drawing.present)) return;
    // What has changed meanwhile settles first.
    const seen = episode.pictureAt();
    if (seen?.pixels !== pixels || seen.mask !== mask) return;
    if (id === asked || imaginingsAreCurrent(state)) return;
    asked = id;
    void imagine();
  };
  episode.changed.subscribe(look);
  store.subscribe(look);
}
