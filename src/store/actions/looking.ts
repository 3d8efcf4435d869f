import type { Context } from '../context.ts';
import { ask } from '../context.ts';
import type {
  AppState,
  FieldsOrder,
  FieldsScale,
  Phase,
  Pin,
  Pointed,
  Stage,
  SynapsePin,
  Tool,
} from '../state.ts';
import type { Density, Panel, SetUp, Theme } from '../urlState.ts';

/** While weights change, fields are asked for at most this often (ms). */
const FIELDS_INTERVAL = 1500;

/** What the user looks at: tabs, the pinned neuron, fields, dialogs. */
export function lookingActions(context: Context) {
  const { store } = context;
  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));
  let asking = false;
  let asked = -Infinity;

  return {
    /** Gets a layer's fields unless those held are of the present weights. */
    async refreshFields(layer: number) {
      const { fields, weightsVersion, model, engine } = store.getState();
      const held = fields.get(layer);
      if (engine !== 'ready' || model === null || asking) return;
      if (held !== undefined) {
        if (held.version === weightsVersion || performance.now() - asked < FIELDS_INTERVAL) return;
      }
      asking = true;
      asked = performance.now();
      const report = await ask(context, { type: 'fields', layer });
      asking = false;
      if (report === null || store.getState().model?.config !== model.config) return;
      store.setState((state) => ({
        fields: new Map(state.fields).set(layer, { ...report, version: weightsVersion }),
      }));
    },
    pin: (pin: Pin | null) => {
      store.setState({ pin });
      if (pin !== null) setUp({ panel: 'neuron' });
    },
    /** Pins without turning to the neuron's panel: for walking through many. */
    mark: (pin: Pin) => store.setState({ pin }),
    pinSynapse: (synapse: SynapsePin | null) => store.setState({ synapse }),
    /** Lights what a term stands for, or nothing any more. */
    point: (pointed: readonly Pointed[]) => store.setState({ pointed }),
    showStage: (stage: Stage) => store.setState({ stage }),
    showContests: (contestLayer: number) => store.setState({ stage: 'contests', contestLayer }),
    showSideTool: (sideTool: AppState['sideTool']) => store.setState({ sideTool }),
    /** Holds on to a part of the settling step; a second time lets it go. */
    holdPhase: (phase: Phase) =>
      store.setState(({ heldPhase }) => ({ heldPhase: heldPhase === phase ? null : phase })),
    /** Stops explaining single steps. */
    closeSteps: () => store.setState({ heldPhase: null, runningPhase: null, stepping: false }),
    keepScales: (keepScales: boolean) => store.setState({ keepScales }),
    /** A class sees the story; afterwards everything is as it was. */
    present(presenting: boolean) {
      const { setUp: now, densityBefore } = store.getState();
      if (presenting === store.getState().presenting) return;
      store.setState({ presenting, densityBefore: presenting ? now.density : null });
      setUp({ density: presenting ? 'story' : (densityBefore ?? now.density) });
    },
    showPanel: (panel: Panel) => setUp({ panel }),
    /** Chosen once, it is so at the next visit. */
    setDensity(density: Density) {
      setUp({ density });
      context.environment.memory.write('density', density);
    },
    setTheme: (theme: Theme) => setUp({ theme }),
    setFieldsLayer: (fieldsLayer: number) => store.setState({ fieldsLayer }),
    setFieldsOrder: (fieldsOrder: FieldsOrder) => store.setState({ fieldsOrder }),
    setFieldsScale: (fieldsScale: FieldsScale) => store.setState({ fieldsScale }),
    setTool: (tool: Tool) => store.setState({ tool }),
    showTruth: (truth: boolean) => store.setState({ truth }),
    setBrush: (brush: number) => store.setState({ brush }),
    openSettings: (settingsOpen: boolean) => store.setState({ settingsOpen }),
    openHelp: (helpOpen: boolean) => store.setState({ helpOpen }),
    dismiss: (id: number) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
  };
}
