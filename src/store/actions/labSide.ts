import type { LabClient } from '../../client/client.ts';
import type { RuleChoice } from '../../protocol/lab.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import { isBlank } from '../drawing.ts';
import { latestOnly } from '../latestOnly.ts';
import type { LabSideSlice } from '../slices/labSide.ts';

/** So many samples of each model are drawn. */
const SAMPLES = 8;

/** Setting all models to one drawing. They have a worker of their own: a run of the Lab goes on beside it. */
export function labSideActions(context: Context) {
  const { store, environment } = context;
  let client: LabClient | null = null;
  let opening: Promise<void> | null = null;
  /** What was asked last: whoever works for another gives up. */
  let newest: object = {};
  let sampleSeed: number | null = null;

  const spawned = (): LabClient => {
    if (client) return client;
    const worker = (client = environment.spawnLab());
    worker.onFailure((sentence) => {
      if (worker !== client) return;
      client = null;
      opening = null;
      store.setState({ sideModels: null, sideLooking: false });
      notify(context, 'error', `${sentence} Draw again to start it anew.`);
    });
    return worker;
  };

  const open = async () => {
    const { backend } = store.getState().setUp;
    try {
      await spawned().request({ type: 'open', base: environment.base });
      const { models } = await spawned().request({ type: 'models', backend });
      store.setState({ sideModels: models });
    } catch (error) {
      opening = null;
      notify(context, 'error', messageOf(error));
    }
  };

  /** Shows every model the drawing as it is now; gives up as soon as there is a newer one. */
  const showAll = latestOnly(async (asked: object) => {
    await (opening ??= open());
    const { drawing, sideModels, sideTask, sideRule } = store.getState();
    const { pixels } = drawing.present;
    const mask = sideTask === 'complete' ? drawing.present.mask : null;
    for (const { id } of sideModels ?? []) {
      if (asked !== newest) return;
      const look = await spawned()
        .request({ type: 'look', model: id, pixels, mask, rule: sideRule })
        .catch((error: unknown) => ({ refused: messageOf(error) }));
      if (asked !== newest) return;
      store.setState(({ sideLooks }) => ({ sideLooks: { ...sideLooks, [id]: look } }));
    }
    store.setState({ sideLooking: false });
  });

  /** All models look at the drawing; what they made of the one before stays until they have. */
  const lookAll = () => {
    newest = {};
    if (isBlank(store.getState().drawing.present))
      return store.setState({ sideLooks: {}, sideLooking: false });
    store.setState({ sideLooking: true });
    void showAll(newest);
  };

  const change = (to: Partial<LabSideSlice>) => {
    store.setState(to);
    lookAll();
  };
  return {
    lookAll,
    setSideTask: (sideTask: LabSideSlice['sideTask']) => change({ sideTask }),
    setSideRule: (sideRule: RuleChoice) => change({ sideRule }),
    /** Draws samples of every model; a second time others. */
    async drawAll() {
      const { sideModels, setUp } = store.getState();
      sampleSeed = sampleSeed === null ? setUp.seed : sampleSeed + 1;
      const seed = sampleSeed;
      for (const { id } of sideModels ?? []) {
        try {
          const drawn = await spawned().request({ type: 'draw', model: id, count: SAMPLES, seed });
          store.setState(({ sideSamples }) => ({ sideSamples: { ...sideSamples, [id]: drawn } }));
        } catch (error) {
          notify(context, 'error', messageOf(error));
        }
      }
    },
  };
}
