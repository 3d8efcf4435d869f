import type { ProjectionName } from '../../protocol/latents.ts';
import type { Context } from '../context.ts';
import { ask } from '../context.ts';

/** Test images on a map; and so many are laid out first, because all of them take a while. */
export const ON_A_MAP = 2_000;
const FIRST = 400;

/** Maps of the codes of test images. */
export function latentActions(context: Context) {
  const { store } = context;
  let asked = 0;

  const makeMap = async () => {
    const turn = ++asked;
    store.setState({ mapState: 'making' });
    const { projection, latentMap, model } = store.getState();
    // A map of fewer stands in for one that has nothing before it.
    const steps = projection === 'pca' && latentMap === null ? [FIRST, ON_A_MAP] : [ON_A_MAP];
    for (const images of steps) {
      const map = await ask(context, { type: 'latentMap', projection, images });
      // Another map was asked for meanwhile, or the network is another one.
      if (turn !== asked || store.getState().mapState !== 'making') return;
      if (map === null) return store.setState({ mapState: 'stopped' });
      store.setState({ latentMap: map, mapConfig: model?.config ?? null });
      if (map.indices.length < images) break;
    }
    store.setState({ mapState: 'none' });
  };

  return {
    /** Lays out the test images for the network as it is. */
    makeMap,
    async setProjection(projection: ProjectionName) {
      store.setState({ projection });
      await makeMap();
    },
    cancelMap: () => ask(context, { type: 'cancelMap' }),
  };
}
