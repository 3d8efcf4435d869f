import type { ProjectionName } from '../../protocol/latents.ts';
import type { Context } from '../context.ts';
import { ask } from '../context.ts';

/** Maps of the codes of test images. */
export function latentActions(context: Context) {
  const { store } = context;
  let asked = 0;

  const makeMap = async () => {
    const { projection } = store.getState();
    const turn = ++asked;
    store.setState({ mapState: 'making' });
    const latentMap = await ask(context, { type: 'latentMap', projection });
    // Another map was asked for meanwhile.
    if (turn !== asked) return;
    store.setState(latentMap === null ? { mapState: 'stopped' } : { latentMap, mapState: 'none' });
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
