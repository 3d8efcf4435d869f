import type { Context } from './context.ts';
import { isOver } from './episode.ts';
import { strongest } from './strongest.ts';

/** The panel for a neuron should not stay empty: once the first picture has settled, the most active one is pinned. */
export function pinFirst({ store, episode }: Context): void {
  const stop = episode.changed.subscribe(() => {
    const section = episode.info?.layout.states[0];
    if (section === undefined || !isOver(episode)) return;
    stop();
    const index = strongest(episode.read(section, episode.count - 1) ?? []);
    if (index !== null && store.getState().pin === null)
      store.setState({ pin: { layer: 1, index } });
  });
}
