import type { EngineClient } from '../client/client.ts';
import { messageOf } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { Actions } from './actions.ts';
import { tellOfMirrors } from './actions/mirrors.ts';
import type { Address, Wish } from './address.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';
import type { Fallback } from './fallback.ts';
import { createFallback, saidOf } from './fallback.ts';
import { firstEpisode } from './firstEpisode.ts';
import type { Keepsakes } from './keepsakes.ts';
import type { Pump } from './pump.ts';
import { createRevival } from './revival.ts';
import { printSetting } from './settingValues.ts';
import type { AppState } from './state.ts';
import { expectedNetwork } from './weights.ts';
import { FRESH_ENGINE } from './state.ts';
import { endsByItself } from './stopRule.ts';

/** Starting an engine, and another one in its place. */
export interface EngineStart {
  /** Starts the engine and opens the page's first picture; `wish` is what the address asks for. */
  boot(wish: Wish): Promise<void>;
  /**
   * A new engine in place of the one that runs, or died; the set-up, the drawing and what was learnt stay. `wish`: what an address asks
   * for, if one does.
   */
  restart(wish?: Wish): Promise<void>;
}

/** What the page was at when its engine was closed or lost. */
type Before = Pick<AppState, 'model' | 'data' | 'pin' | 'lesions' | 'overrides' | 'backend'> & {
  readonly trained: boolean;
};

/** How far a new engine goes on. */
interface Revived {
  /** The first batch that it learns from; null: training rests. */
  readonly batch: number | null;
  /** The images that its network has learnt from, where the page saw it learn from more; null: nothing is missing. */
  readonly back: number | null;
}

/** What became of what the page was at, in a clause. */
function outcomeOf({ batch, back }: Revived): string {
  if (batch !== null) return `training goes on from batch ${grouped(batch)}`;
  if (back !== null) return `the network is as it was after ${grouped(back)} images`;
  return 'everything is as it was';
}

/** Whether two reports are of one network. */
const isSame = (a: AppState['model'], b: AppState['model']): boolean =>
  a?.config.variant === b?.config.variant && a?.weights === b?.weights && a?.seed === b?.seed && a?.imagesSeen === b?.imagesSeen; // prettier-ignore

export function createEngineStart(
  context: Context,
  pump: Pump,
  address: Address,
  keepsakes: Keepsakes,
  actions: Pick<Actions, 'network' | 'running' | 'drawing' | 'learning'>,
): EngineStart {
  const { store, episode, curves, environment } = context;
  const { network, running, drawing, learning } = actions;
  const fallback: Fallback = createFallback();
  const revival = createRevival(context, keepsakes, actions);

  const loadData = async () => {
    const { dataset } = store.getState().setUp;
    await tellOfMirrors(context);
    await network.selectDataset(dataset);
    // A page without data is no use: the built-in digits are always there.
    if (store.getState().data === null && dataset !== 'synthetic')
      await network.selectDataset('synthetic');
  };

  const failed = (failure: string) => {
    store.setState({ engine: 'failed', failure, activity: 'idle', progress: null });
    return null;
  };

  /** The engine that has not answered yet: whoever starts it hears of its end. */
  let starting: EngineClient | null = null;
  /** What the page was at, as long as no engine goes on with it. */
  let interrupted: Before | null = null;

  const spawn = (): EngineClient => {
    const client = environment.spawn();
    context.client = starting = client;
    client.onFailure((why) => {
      if (client !== starting) void recover(client, why);
    });
    return client;
  };

  /** Starts an engine; null, and why, where it does not start. */
  const start = async (): Promise<EngineClient | string> => {
    let client: EngineClient | null = null;
    try {
      client = spawn();
      const { level } = fallback;
      fallback.started(environment.now());
      const report = await client.request({
        type: 'start',
        backend: level?.backend ?? store.getState().setUp.backend,
        base: environment.base,
        ...(level?.alone && { alone: true }),
        ...(keepsakes.networks.length === 0 && expectedNetwork(store.getState())),
      });
      starting = null;
      if (client === context.client)
        store.setState({ engine: 'ready', failure: null, report, backend: report.backend });
      return client;
    } catch (error) {
      client?.close();
      return messageOf(error);
    }
  };
  /** Starts an engine in place of one that was lost: where it does not start as before, in a simpler way. */
  const startAgain = async ({ backend }: Before): Promise<EngineClient | string> => {
    for (;;) {
      const started = await start();
      if (typeof started !== 'string' || !fallback.stepDown(backend)) return started;
    }
  };

  /** Tells a new engine how the page goes about things. `opening`: its first picture comes next. */
  const setOut = async (opening = false) => {
    pump.start();
    const stops = endsByItself(store.getState().setUp.stop);
    await Promise.all([
      running.applySpeed(opening),
      drawing.applyCompletion(),
      ...(stops ? [learning.applyStop()] : []),
    ]);
  };

  const follow = (client: EngineClient) =>
    void keepsakes.follow(
      client,
      (why) => void recover(client, why, `${why.replace(/\.$/, '')}: the engine stopped`),
    );

  /** Opens the page as an address wishes, with an engine that knows nothing. */
  const open = async (client: EngineClient, wish: Wish) => {
    address.takeSettings(wish);
    const opening = store.getState().setUp.mode === 'complete';
    await Promise.all([setOut(opening), network.select()]);
    if (client !== context.client) return;
    follow(client);
    await address.takeScene(wish);
    if (client !== context.client) return;
    drawing.openWithFirst();
    // Unpacking a dataset keeps the engine's processor busy: the first picture goes first.
    if (store.getState().setUp.mode === 'complete') await firstEpisode(episode);
    if (client !== context.client) return;
    if (opening) await running.applySpeed();
    if (client !== context.client) return;
    await loadData();
  };

  /** The engine that was is no more; what it said of itself does not hold any more. */
  const clear = (): Before => {
    const { model, data, pin, lesions, overrides, backend, activity, unsaved } = store.getState();
    const trained = activity === 'training';
    interrupted ??= { model, data, pin, lesions, overrides, backend, trained };
    pump.stop();
    const { client } = context;
    context.client = null;
    client?.close();
    episode.reset();
    curves.reset();
    store.setState({ ...FRESH_ENGINE, unsaved });
    return interrupted;
  };

  const asWished = ({ overrides, pin, lesions }: Before): Wish => {
    const settings = new Map(Object.entries(overrides).map(([k, v]) => [k, printSetting(v)]));
    return { settings, pin, lesions, refused: [] };
  };

  /**
   * Gives an engine all that the one before had; an address may ask for another network or other images, what it does not ask for stays.
   * How many updates the run has made that can go on; null: there is none.
   */
  const furnish = async (client: EngineClient, before: Before, wish?: Wish) => {
    const wanted = wish ?? asWished(before);
    if (keepsakes.networks.length === 0) {
      await open(client, wanted);
      return 0;
    }
    const { dataset } = store.getState().setUp;
    address.takeSettings(wanted);
    await setOut();
    const restored = await revival.restore(before.data);
    if (client !== context.client) return null;
    if (wish === undefined && restored?.model) network.shown(restored.model);
    else await network.select();
    if (client !== context.client) return null;
    follow(client);
    await address.takeScene(wanted);
    if (client !== context.client) return null;
    const { data, model } = store.getState();
    const others = wish !== undefined && data?.dataset !== dataset;
    if (others) network.setUp({ dataset });
    if (data === null || others) await loadData();
    const same = !others && (wish === undefined || isSame(model, restored?.model ?? null));
    return same ? (restored?.updates ?? 0) : null;
  };

  /** Furnishes an engine that has started, or not; null where it did not, or is lost too. */
  const revive = async (
    started: EngineClient | string,
    before: Before,
    wish?: Wish,
  ): Promise<Revived | null> => {
    // prettier-ignore
    if (typeof started === 'string') return failed(started);
    if (started !== context.client) return null;
    const updates = await furnish(started, before, wish);
    if (started !== context.client) return null;
    interrupted = null;
    const goesOn = before.trained && updates !== null && store.getState().setUp.mode === 'train';
    if (goesOn) await running.startTraining();
    const { imagesSeen = 0 } = store.getState().model ?? {};
    const less = imagesSeen < (before.model?.imagesSeen ?? 0);
    return { batch: goesOn ? updates + 1 : null, back: less ? imagesSeen : null };
  };

  /** An engine was lost: another one takes its place, by itself. */
  const recover = async (
    client: EngineClient,
    why: string,
    what = 'The engine stopped',
  ): Promise<void> => {
    if (client !== context.client) return;
    const next = fallback.lost(environment.now(), store.getState().backend);
    const before = clear();
    if (next === 'enough') return void failed(why);
    const revived = await revive(await startAgain(before), before);
    if (revived === null) return;
    const { level } = fallback;
    const how = next === 'simpler' && level ? ` again and again: it computes ${saidOf(level)} now` : ' and was started again'; // prettier-ignore
    notify(context, 'info', `${what}${how}; ${outcomeOf(revived)}.`, { topic: 'recovered', details: [why] }); // prettier-ignore
  };

  return {
    async boot(wish) {
      const client = await start();
      if (typeof client === 'string') failed(client);
      else if (client === context.client) await open(client, wish);
    },
    async restart(wish) {
      fallback.forget();
      const { client } = context;
      if (client !== null && store.getState().engine === 'ready') await keepsakes.takeLast(client);
      const before = clear();
      // What a person chose either starts, or does not.
      await revive(await start(), before, wish);
    },
  };
}
