import type { DatasetId, ModelReport, Weights } from '../../protocol/reports.ts';
import { grouped } from '../../shared/grouped.ts';
import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import { latestOnly } from '../latestOnly.ts';
import type { Overrides, SettingDescription, SettingValue } from '../settingValues.ts';
import { isSteering, parseSetting } from '../settingValues.ts';
import { initialInspection } from '../slices/inspection.ts';
import { initialLearning } from '../slices/learning.ts';
import { initialLatents } from '../slices/latents.ts';
import type { Recipe } from '../../ngc/recipe.ts';
import { overridesOf, settingsBetween, settingsOf } from '../recipes.ts';
import type { SetUp, Variant } from '../urlState.ts';
import { resolveNetwork } from '../weights.ts';
import type { DrawingActions } from './drawing.ts';

/** Choosing the network, its settings and its data. */
export function networkActions(context: Context, drawing: DrawingActions) {
  const { store, episode } = context;

  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));

  let toldOf = 0;
  /** Nothing that was learnt is lost by a key: what took its place is said, and can be undone. */
  const tellOfAside = ({ putAside }: ModelReport) => {
    if (putAside === null || putAside.id === toldOf) return;
    toldOf = putAside.id;
    const images = grouped(putAside.imagesSeen);
    notify(context, 'info', `The network that had learnt from ${images} images is put aside.`, {
      topic: 'aside',
      offer: 'putBack',
    });
  };

  /** A network is on show: its fields and episode replace those of the one before. */
  const shown = (model: ModelReport | null): ModelReport | null => {
    if (model === null) return null;
    const { pin, fieldsLayer } = store.getState();
    const { sizes } = model.config;
    const exists = pin !== null && pin.index < (sizes[pin.layer] ?? 0);
    episode.clear();
    episode.forgetPast();
    store.setState({
      ...initialInspection,
      ...initialLearning,
      ...initialLatents,
      model,
      pin: exists ? pin : null,
      fieldsLayer: Math.min(fieldsLayer, sizes.length - 1),
    });
    drawing.refresh();
    tellOfAside(model);
    return model;
  };

  /** Has the engine make or load the network that the set-up asks for. */
  const select = async (): Promise<ModelReport | null> => {
    const state = store.getState();
    const { model: variant, seed } = state.setUp;
    const { weights, settings } = resolveNetwork(state);
    const asks = (kind: Weights, wanted: Overrides) =>
      ask(context, {
        type: 'selectModel',
        variant,
        weights: kind,
        seed,
        ...(Object.keys(wanted).length > 0 ? { settings: wanted } : {}),
      });
    if (weights === 'pretrained') {
      const pretrained = shown(await asks(weights, settings));
      if (pretrained !== null) return pretrained;
    }
    return shown(await asks('own', state.overrides));
  };

  /** The change of one setting. What says T says beside it after how many steps is learnt: an address with T alone would mean T. */
  const changeOf = ({ key }: SettingDescription, value: SettingValue): Overrides => {
    const learnSteps = store.getState().model?.config.learnSteps;
    return { [key]: value, ...(key === 'steps' && learnSteps !== undefined && { learnSteps }) };
  };

  /**
   * Has the engine take settings; false where it refuses. A network that they only steer stays; any other is a new one of one's own.
   *
   * @param overrides what then stands in the address
   */
  const give = async (
    change: Overrides,
    overrides: (given: ModelReport, before: Overrides) => Overrides,
  ): Promise<boolean> => {
    const model = await ask(context, { type: 'changeSettings', settings: change });
    if (model === null) return false;
    const table = store.getState().report?.settings ?? [];
    store.setState((state) => ({ overrides: overrides(model, state.overrides) }));
    if (Object.keys(change).every((key) => isSteering(table, key))) {
      store.setState({ model });
      // An episode under way takes it from its next step on; one that has ended is settled anew.
      if (episode.standing !== 'underWay') drawing.refresh();
    } else {
      setUp({ weights: 'own' });
      shown(model);
    }
    return true;
  };

  /** Applies a setting that is right; returns the sentence why not, or null. */
  const apply = async (
    setting: SettingDescription,
    value: SettingValue,
  ): Promise<string | null> => {
    const change = changeOf(setting, value);
    const taken = await give(change, (_, before) => ({ ...before, ...change }));
    return taken ? null : 'The engine refused this; see its message.';
  };
  const slide = latestOnly(({ setting, value }: { setting: SettingDescription; value: number }) => apply(setting, value)); // prettier-ignore

  return {
    setUp,
    shown,
    select,
    /** Changes settings that act on the network as it is; whatever runs goes on. The set-up has them already. */
    async applySettings(settings: Overrides) {
      const model = await ask(context, { type: 'changeSettings', settings });
      if (model === null) return;
      store.setState({ model });
      if (episode.standing !== 'underWay') drawing.refresh();
    },
    /** Those settings of the user's that the network on show has. */
    settingsInForce: () => resolveNetwork(store.getState()).settings,
    async selectModel(model: Variant, weights: Weights) {
      const before = store.getState();
      const { mode } = before.setUp;
      if (model !== before.setUp.model) store.setState({ overrides: {} });
      setUp({ model, weights });
      if (mode === 'train' && weights === 'pretrained')
        notify(
          context,
          'info',
          'Training works on your own network, so that the pretrained one stays as it is. It shows again when you leave Train.',
        );
      await select();
    },
    async selectDataset(dataset: DatasetId) {
      store.setState({ declined: null });
      const vary = dataset === 'drawings' && store.getState().varyDrawings;
      const report = await ask(context, { type: 'selectDataset', dataset, ...(vary && { vary }) });
      if (report === null) return;
      setUp({ dataset: report.dataset });
      store.setState({ data: report });
    },
    /** Reads and applies a setting; returns the sentence why not, or null. */
    async changeSetting(setting: SettingDescription, text: string): Promise<string | null> {
      const parsed = parseSetting(setting, text);
      return 'refused' in parsed ? parsed.refused : apply(setting, parsed.value);
    },
    /** Gives the network the settings of a recipe; where some need a new one, it is of one's own, from the same seed. */
    async takeRecipe(recipe: Recipe) {
      const { model, report } = store.getState();
      const offered = report?.variants.find(({ variant }) => variant === model?.config.variant);
      if (model === null || offered === undefined) return;
      const change = settingsBetween(model.config, settingsOf(offered, recipe));
      if (Object.keys(change).length === 0) return;
      await give(change, ({ weights }, before) =>
        weights === 'own' ? overridesOf(offered, recipe, before) : { ...before, ...change },
      );
    },
    /** Moves a setting with a slider: the newest value counts. */
    slideSetting: (setting: SettingDescription, value: number) => slide({ setting, value }),
    /** Back to the initial weights: the same seed, or the pretrained network as it was loaded. */
    async rewind() {
      shown(await ask(context, { type: 'rewind' }));
    },
    /** Brings back the network that was put aside last, with its training. */
    async putBack() {
      const model = await ask(context, { type: 'putBack' });
      if (model === null) return;
      const { config, weights, seed, imagesSeen } = model;
      const holds = ([key, value]: [string, unknown]) =>
        Object.entries(config).some(
          ([k, v]) => k === key && JSON.stringify(v) === JSON.stringify(value),
        );
      store.setState(({ overrides }) => ({
        overrides: Object.fromEntries(Object.entries(overrides).filter(holds)),
      }));
      setUp({ model: config.variant, weights, seed });
      shown(model);
      const images = grouped(imagesSeen);
      notify(context, 'info', `The network that had learnt from ${images} images is back.`);
    },
    /** A new network of one's own, from the next seed. */
    async reseed() {
      const seed = (store.getState().setUp.seed + 1) % 2 ** 31;
      const model = await ask(context, { type: 'reseed', seed });
      if (model === null) return;
      setUp({ seed, weights: 'own' });
      shown(model);
      notify(context, 'info', `A new network of your own, from seed ${seed}.`);
    },
  };
}

export type NetworkActions = ReturnType<typeof networkActions>;
