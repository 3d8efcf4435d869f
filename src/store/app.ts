import { benchActions } from './actions/bench.ts';
import { drawingActions } from './actions/drawing.ts';
import { fileActions } from './actions/files.ts';
import { lookingActions } from './actions/looking.ts';
import { networkActions } from './actions/network.ts';
import { runActions } from './actions/running.ts';
import { theatreActions } from './actions/theatre.ts';
import type { BackendChoice } from '../protocol/messages.ts';
import type { Context, Environment } from './context.ts';
import { notify } from './context.ts';
import { createCurveBuffer } from './curves.ts';
import { createEpisodeBuffer } from './episode.ts';
import { createPump } from './pump.ts';
import { createAppStore, FRESH_RUN } from './state.ts';
import type { SetUp } from './urlState.ts';
import { DEFAULT_SETUP, panelOf, readHash, readSettings, writeHash } from './urlState.ts';

/** The part of an address that opens the benchmark. */
const BENCH = 'bench';

/** The dataset waits this long (ms) for the first picture to settle. */
const FIRST_EPISODE = 2500;

/** The page without its looks: state, buffers at frame rate, and everything the user can do. */
export function createApp(environment: Environment) {
  const store = createAppStore();
  const episode = createEpisodeBuffer({
    label: () => store.getState().drawing.present.origin,
  });
  const curves = createCurveBuffer();
  const context: Context = {
    store,
    episode,
    curves,
    environment,
    client: null,
    wake: () => pump.wake(),
  };
  const pump = createPump(context);
  const drawing = drawingActions(context);
  const network = networkActions(context, drawing);
  const running = runActions(context, drawing, network);
  const files = fileActions(context, network, drawing);
  const looking = lookingActions(context);
  const theatre = theatreActions(context, drawing);

  /** Takes the set-up from the address; says what it refuses. */
  const obeyHash = (): ReadonlyMap<string, string> => {
    const { setUp, rest, refused } = readHash(environment.readHash());
    for (const sentence of refused) notify(context, 'error', sentence);
    const defaults: SetUp = environment.reducedMotion()
      ? { ...DEFAULT_SETUP, speed: null }
      : DEFAULT_SETUP;
    const panel = panelOf(setUp.mode ?? defaults.mode);
    store.setState({ setUp: { ...defaults, panel, ...setUp } });
    if (!rest.has(BENCH)) return rest;
    store.setState({ benchOpen: true });
    return new Map([...rest].filter(([key]) => key !== BENCH));
  };
  const takeSettings = (rest: ReadonlyMap<string, string>) => {
    const { overrides, refused } = readSettings(rest, store.getState().report?.settings ?? []);
    for (const sentence of refused) notify(context, 'error', sentence);
    store.setState({ overrides });
  };
  const loadData = async () => {
    const { dataset } = store.getState().setUp;
    await network.selectDataset(dataset);
    // A page without data is no use: the built-in digits are always there.
    if (store.getState().data === null && dataset !== 'synthetic')
      await network.selectDataset('synthetic');
  };

  const episodeEnded = (): boolean => {
    const { info, count } = episode;
    return info?.kind === 'input' && count > 0 && episode.stepAt(count - 1) >= info.steps;
  };
  /** Resolves when the first picture has settled, or when it takes too long to wait for. */
  const firstEpisode = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = episode.changed.subscribe(() => episodeEnded() && done());
      const timer = setTimeout(done, FIRST_EPISODE);
    });

  /** Starts the engine and opens the page's first picture. */
  const boot = async (rest: ReadonlyMap<string, string>) => {
    const client = environment.spawn();
    context.client = client;
    client.onFailure((failure) => {
      if (client === context.client)
        store.setState({ engine: 'failed', failure, activity: 'idle', progress: null });
    });
    const { backend } = store.getState().setUp;
    try {
      const report = await client.request({ type: 'start', backend, base: environment.base });
      store.setState({ engine: 'ready', failure: null, report, backend: report.backend });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (client === context.client) store.setState({ engine: 'failed', failure });
      return;
    }
    takeSettings(rest);
    pump.start();
    await Promise.all([running.applySpeed(), network.select()]);
    if (client !== context.client) return;
    drawing.openWithFirst();
    // Unpacking a dataset keeps the engine's processor busy: the first picture goes first.
    if (store.getState().setUp.mode === 'complete') await firstEpisode();
    if (client !== context.client) return;
    await loadData();
  };

  const restart = async (rest: ReadonlyMap<string, string> = new Map()) => {
    pump.stop();
    context.client?.close();
    context.client = null;
    episode.clear();
    curves.clear();
    store.setState(({ notices }) => ({ ...FRESH_RUN, notices }));
    await boot(rest);
  };

  /** Goes where a new address points to; what it does not change goes on. */
  const followHash = async () => {
    const before = store.getState();
    const rest = obeyHash();
    const { setUp } = store.getState();
    if (setUp.backend !== before.setUp.backend) return restart(rest);
    takeSettings(rest);
    const { overrides } = store.getState();
    const other = (...keys: (keyof SetUp)[]) => keys.some((k) => setUp[k] !== before.setUp[k]);
    const settings = JSON.stringify(overrides) !== JSON.stringify(before.overrides);
    if (other('mode')) {
      // The mode's own action does what belongs to entering and leaving it.
      network.setUp({ mode: before.setUp.mode });
      await running.setMode(setUp.mode);
      network.setUp({ panel: setUp.panel });
    }
    if (other('model', 'weights', 'seed') || settings) await network.select();
    if (other('dataset')) await network.selectDataset(setUp.dataset);
    if (other('speed', 'trainspeed')) await running.applySpeed();
    if (other('occlusion')) drawing.setOcclusion(setUp.occlusion);
  };

  /** The panel for a neuron should not stay empty: once the first picture has settled, the most active one is pinned. */
  const pinFirst = () => {
    const stop = episode.changed.subscribe(() => {
      const section = episode.info?.layout.states[0];
      if (section === undefined || !episodeEnded()) return;
      stop();
      const states = episode.read(section, episode.count - 1);
      if (states === null || store.getState().pin !== null) return;
      store.setState({ pin: { layer: 1, index: states.indexOf(Math.max(...states)) } });
    });
  };

  let written: readonly unknown[] = [];
  const keepHash = () => {
    const { setUp, overrides } = store.getState();
    if (written[0] === setUp && written[1] === overrides) return;
    written = [setUp, overrides];
    environment.writeHash(writeHash(setUp, overrides));
  };

  return {
    store,
    episode,
    curves,
    actions: {
      ...drawing,
      ...network,
      ...running,
      ...files,
      ...looking,
      ...theatre,
      ...benchActions(context),
      /** Copies the address of this set-up; where that is forbidden, shows it. */
      async share() {
        keepHash();
        try {
          await environment.copy(environment.href());
          notify(context, 'info', 'The link to this set-up is copied.');
        } catch {
          store.setState({ sharedLink: environment.href() });
        }
      },
      closeShared: () => store.setState({ sharedLink: null }),
      notify: (level: 'info' | 'error', text: string) => notify(context, level, text),
      followHash,
      restart: () => restart(),
      /** Computes with another backend: the engine starts anew. */
      async chooseBackend(backend: BackendChoice) {
        if (backend === store.getState().setUp.backend) return;
        network.setUp({ backend });
        await restart();
      },
      /** Copies what the benchmark found, as JSON. */
      async copyBench() {
        const { benchReport, backend } = store.getState();
        try {
          await environment.copy(JSON.stringify({ backend, ...benchReport }, null, 2));
          notify(context, 'info', 'The benchmark is copied.');
        } catch {
          notify(
            context,
            'error',
            'This browser does not let the page copy; select the table instead.',
          );
        }
      },
    },
    /** Starts everything; call once. */
    async start() {
      const rest = obeyHash();
      pinFirst();
      await boot(rest);
      keepHash();
      store.subscribe(keepHash);
    },
  };
}

export type App = ReturnType<typeof createApp>;
