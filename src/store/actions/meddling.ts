import type { Lesions, NeuronAddress, Steering } from '../../protocol/condition.ts';
import { isSilent, NO_LESIONS } from '../../protocol/condition.ts';
import type { Context } from '../context.ts';
import { ask } from '../context.ts';
import { isOver } from '../episode.ts';
import { latestOnly } from '../latestOnly.ts';
import { LIVE_STEPS, lookOf, MOST_SCALES } from '../surprise.ts';
import type { DrawingActions } from './drawing.ts';

/** Which synapses or terms can be cut. */
export type Cut = Exclude<keyof Lesions, 'layers' | 'units'>;

/** Meddling with the drawing's episode, and looking into the network while it settles. */
export function meddlingActions(context: Context, drawing: DrawingActions) {
  const { store, episode } = context;

  /** What has just changed should be seen: an episode that has ended goes on, unless the user stopped it. */
  const showEffect = async () => {
    const { autoplay, setUp, activity, live } = store.getState();
    // Data may be on their way meanwhile: that holds up nothing.
    const free = activity === 'idle' || activity === 'loading';
    // A live episode wakes by itself.
    if (!live && isOver(episode) && autoplay && setUp.mode === 'complete' && free)
      await ask(context, { type: 'settle' });
  };
  const sendLesions = latestOnly(async (lesions: Lesions) => {
    episode.recall(null);
    await ask(context, { type: 'setLesions', lesions });
    await showEffect();
  });
  const setLesions = (lesions: Lesions) => {
    store.setState({ lesions });
    return sendLesions(lesions);
  };
  let wanted: Partial<Steering> = {};
  const sendSteering = latestOnly(async () => {
    const settings = wanted;
    wanted = {};
    const model = await ask(context, { type: 'changeSettings', settings });
    if (model === null) return;
    store.setState(({ overrides }) => ({ model, overrides: { ...overrides, ...settings } }));
    await showEffect();
  });

  const without = <T>(list: readonly T[], same: (entry: T) => boolean) =>
    list.filter((entry) => !same(entry));

  return {
    /** Whether the network watches the canvas all the time, strokes under way included. */
    setLive(live: boolean) {
      store.setState({ live, ...(live ? { autoplay: true } : {}) });
      episode.recall(null);
      drawing.refresh();
    },
    setLesions,
    heal: () => setLesions(NO_LESIONS),
    /** Cuts one kind of synapses or terms, or heals it. */
    toggleCut(cut: Cut) {
      const { lesions } = store.getState();
      return setLesions({ ...lesions, [cut]: !lesions[cut] });
    },
    /** Silences a layer, or lets it fire again. */
    toggleLayer(layer: number) {
      const { lesions } = store.getState();
      const { layers } = lesions;
      const next = layers.includes(layer)
        ? without(layers, (l) => l === layer)
        : [...layers, layer].sort();
      return setLesions({ ...lesions, layers: next });
    },
    /** Silences a neuron, or lets it fire again (all its layer has then to fire again too). */
    toggleUnit({ layer, index }: NeuronAddress) {
      const { lesions } = store.getState();
      const { layers, units } = lesions;
      return setLesions(
        isSilent(lesions, layer, index)
          ? {
              ...lesions,
              layers: without(layers, (l) => l === layer),
              units: without(units, (u) => u.layer === layer && u.index === index),
            }
          : { ...lesions, units: [...units, { layer, index }] },
      );
    },
    /** Moves levers of the settling under way; it goes on with them from its next step. For sliders: call as often as you like. */
    steer(change: Partial<Steering>) {
      wanted = { ...wanted, ...change };
      return sendSteering(undefined);
    },
    /** Gets what connects a neuron, unless it is known for the present weights. */
    async refreshNeuron({ layer, index }: NeuronAddress) {
      const { neuron, weightsVersion } = store.getState();
      const same = neuron?.layer === layer && neuron.index === index;
      if (same && neuron.version === weightsVersion) return;
      const report = await ask(context, { type: 'neuron', layer, index });
      if (report !== null) store.setState({ neuron: report });
    },
    /** Gets matrices by name (`matricesFor` a composition), unless they are known for the present weights. */
    async refreshSynapses(names: readonly string[]) {
      const { weightsVersion } = store.getState();
      for (const name of names) {
        if (store.getState().synapses.get(name)?.version === weightsVersion) continue;
        const report = await ask(context, { type: 'synapses', name });
        if (report === null) return;
        store.setState(({ synapses }) => ({ synapses: new Map(synapses).set(name, report) }));
      }
    },
    /** Has what is usual measured, for the picture on show: seconds of work in the background. */
    async refreshSurprise() {
      const look = lookOf(episode);
      const { info } = episode;
      if (look === null || info === null) return;
      const steps = info.live ? LIVE_STEPS : info.steps;
      const report = await ask(context, { type: 'surpriseScale', ...look, steps });
      if (report === null) return;
      store.setState(({ surprises }) => ({
        surprises: [report, ...surprises].slice(0, MOST_SCALES),
      }));
    },
    /** Settles the drawing without lateral synapses, for comparison. */
    async compareLateral() {
      const { drawing: drawn, lesions, model } = store.getState();
      const { present } = drawn;
      if (!(await drawing.ensureInput())) return;
      const steps = Math.max(model?.config.steps ?? 0, episode.info?.steps ?? 0);
      const cut = { ...lesions, lateral: true };
      const report = await ask(context, { type: 'settleBeside', lesions: cut, steps });
      if (report !== null && store.getState().drawing.present === present)
        store.setState({ withoutLateral: report });
    },
    /** Shows an earlier episode of the drawing, or the latest again (null). */
    recall: (id: number | null) => episode.recall(id),
  };
}
