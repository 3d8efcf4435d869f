import type { Context } from '../context.ts';
import { partsOfStep } from '../parts.ts';
import type { Phase } from '../state.ts';

/**
 * Going through the parts of the steps one by one, forwards and back. What is recorded costs nothing.
 *
 * @param step makes one more step of what is on show
 */
export function partActions({ store, episode }: Context, step: () => Promise<void>) {
  const light = (runningPhase: Phase | null) =>
    store.setState({ runningPhase, heldPhase: null, stepping: true });

  return {
    /** Begins with the first part of the frame on show. */
    lightFirst: () => light(partsOfStep(episode)[0] ?? null),
    /** The next part or the one before; from the last part of a step it leads to the next step, made anew where there is none. */
    async walk(by: 1 | -1) {
      const parts = partsOfStep(episode);
      const { heldPhase, runningPhase } = store.getState();
      const phase = heldPhase ?? runningPhase;
      const at = phase === null ? -1 : parts.indexOf(phase);
      const next = at < 0 ? 0 : at + by;
      const part = parts[next];
      if (part !== undefined) return light(part);
      const { shown, count, recalled } = episode;
      if (by < 0) {
        if (shown <= 0) return;
        episode.show(shown - 1);
        return light(partsOfStep(episode).at(-1) ?? null);
      }
      if (shown < count - 1) {
        episode.show(shown + 1);
        return light(partsOfStep(episode)[0] ?? null);
      }
      // An episode of the past has nothing more to come. A new step is lit as soon as it is there.
      if (recalled === null) await step();
    },
  };
}
