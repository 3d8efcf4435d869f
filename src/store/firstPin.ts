import type { Context } from './context.ts';
import { isOver } from './episode.ts';
import { strongest } from './strongest.ts';

/**
 * Among the numbers, the panel for a neuron should not stay empty: once the first picture has settled, the most active one is pinned.
 * The story pins nothing by itself.
 */
export function pinFirst({ store, episode }: Context): void {
  const look = () => {
    const section = episode.info?.layout.states[0];
    const { density } = store.getState().setUp;
    if (density === 'story' || section === undefined || !isOver(episode)) return;
    for (const stop of stops) stop();
    const index = strongest(episode.read(section, episode.count - 1) ?? []);
    if (index !== null && store.getState().pin === null)
      store.setState({ pin: { layer: 1, index } });
  };
  const stops = [episode.changed.subscribe(look), store.subscribe(look)];
}
