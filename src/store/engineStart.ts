import type { EngineClient } from '../client/client.ts';
import { messageOf } from '../shared/errors.ts';
import type { Actions } from './actions.ts';
import { tellOfMirrors } from './actions/mirrors.ts';
import type { Address, Wish } from './address.ts';
import type { Context } from './context.ts';
import { isOver } from './episode.ts';
import type { Pump } from './pump.ts';
import { printSetting } from './settingValues.ts';
import { FRESH_ENGINE } from './state.ts';
import { endsByItself } from './stopRule.ts';

/** The dataset waits this long (ms) for the first picture to settle. */
const FIRST_EPISODE = 2500;

/** Starting an engine, and another one in its place. */
export interface EngineStart {
  /** Starts the engine and opens the page's first picture; `wish` is what the address asks for. */
  boot(wish: Wish): Promise<void>;
  /** A new engine in place of the one that runs, or died; the set-up and the drawing stay. */
  restart(wish?: Wish): Promise<void>;
}

export function createEngineStart(
  context: Context,
  pump: Pump,
  address: Address,
  {
    network,
    running,
    drawing,
    learning,
  }: Pick<Actions, 'network' | 'running' | 'drawing' | 'learning'>,
): EngineStart {
  const { store, episode, curves, environment } = context;

  const loadData = async () => {
    const { dataset } = store.getState().setUp;
    await tellOfMirrors(context);
    await network.selectDataset(dataset);
    // A page without data is no use: the built-in digits are always there.
    if (store.getState().data === null && dataset !== 'synthetic')
      await network.selectDataset('synthetic');
  };

  /** Resolves when the first picture has settled, or when it takes too long to wait for. */
  const firstEpisode = () =>
    new Promise<void>((resolve) => {
      const done = () => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = episode.changed.subscribe(() => isOver(episode) && done());
      const timer = setTimeout(done, FIRST_EPISODE);
    });

  const spawn = (): EngineClient => {
    const client = environment.spawn();
    context.client = client;
    client.onFailure((failure) => {
      if (client === context.client)
        store.setState({ engine: 'failed', failure, activity: 'idle', progress: null });
    });
    return client;
  };

  const boot = async (wish: Wish) => {
    let client: EngineClient | null = null;
    try {
      client = spawn();
      const { backend } = store.getState().setUp;
      const report = await client.request({ type: 'start', backend, base: environment.base });
      if (client !== context.client) return;
      store.setState({ engine: 'ready', failure: null, report, backend: report.backend });
    } catch (error) {
      if (client === context.client)
        store.setState({ engine: 'failed', failure: messageOf(error) });
      return;
    }
    address.takeSettings(wish);
    pump.start();
    await Promise.all([running.applySpeed(), drawing.applyCompletion(), ...(endsByItself(store.getState().setUp.stop) ? [learning.applyStop()] : []), network.select()]); // prettier-ignore
    await address.takeScene(wish);
    if (client !== context.client) return;
    drawing.openWithFirst();
    // Unpacking a dataset keeps the engine's processor busy: the first picture goes first.
    if (store.getState().setUp.mode === 'complete') await firstEpisode();
    if (client !== context.client) return;
    await loadData();
  };

  return {
    boot,
    async restart(wish) {
      const { pin, lesions, overrides } = store.getState();
      const settings = new Map(Object.entries(overrides).map(([k, v]) => [k, printSetting(v)]));
      pump.stop();
      context.client?.close();
      context.client = null;
      episode.reset();
      curves.reset();
      store.setState(FRESH_ENGINE);
      await boot(wish ?? { settings, pin, lesions, refused: [] });
    },
  };
}
