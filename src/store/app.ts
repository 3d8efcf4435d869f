import type { BackendChoice } from '../protocol/reports.ts';
import { createActions } from './actions.ts';
import { shareActions } from './actions/share.ts';
import { createAddress } from './address.ts';
import { keepTwin } from './beside.ts';
import type { Context, Environment } from './context.ts';
import { notify } from './context.ts';
import { createCurveBuffer } from './curves.ts';
import { createEngineStart } from './engineStart.ts';
import { createEpisodeBuffer } from './episode.ts';
import { createExhibitFrames } from './exhibitFrames.ts';
import { tellOfFaults } from './faults.ts';
import { pinFirst } from './firstPin.ts';
import { createKeepsakes } from './keepsakes.ts';
import { imagineAlong } from './imagineAlong.ts';
import { createPump } from './pump.ts';
import { sampleFirst } from './sampleFirst.ts';
import { createSentPictures } from './sentPictures.ts';
import { createAppStore } from './state.ts';
import { keepSurprise } from './surpriseKeeper.ts';

/** The page without its looks: state, buffers at frame rate, and everything the user can do. */
export function createApp(environment: Environment) {
  const store = createAppStore();
  const sent = createSentPictures();
  const episode = createEpisodeBuffer({ seen: sent.of });
  const curves = createCurveBuffer();
  const context: Context = {
    store,
    episode,
    curves,
    environment,
    client: null,
    opened: null,
    sent,
    wake: () => pump.wake(),
  };
  const pump = createPump(context);
  const exhibitFrames = createExhibitFrames();
  const actions = createActions(context, exhibitFrames);
  const address = createAddress(context, actions);
  const keepsakes = createKeepsakes(context);
  const engine = createEngineStart(context, pump, address, keepsakes, actions);

  return {
    store,
    episode,
    curves,
    exhibitFrames,
    actions: {
      ...actions.drawing,
      ...actions.network,
      ...actions.running,
      ...actions.learning,
      ...actions.files,
      ...actions.images,
      ...actions.ownData,
      ...actions.looking,
      ...actions.meddling,
      ...actions.imagining,
      ...actions.keptRuns,
      ...actions.runsBeside,
      ...actions.saving,
      ...actions.bench,
      ...actions.lab,
      ...actions.labSide,
      ...actions.exhibits,
      ...actions.mirrors,
      reloadToNewVersion: actions.newVersion.reloadToNewVersion,
      ...actions.sampling,
      ...actions.latents,
      ...actions.codes,
      ...shareActions(context, address),
      notify: (level: 'info' | 'error', text: string) => notify(context, level, text),
      followHash: () => address.follow(engine.restart),
      /** Goes where the last visit drew: its drawing, what it had hidden, its network. */
      async bringBack() {
        const { lastDrawn } = store.getState();
        if (lastDrawn === null) return;
        environment.writeHash(lastDrawn);
        store.setState({ lastDrawn: null });
        await address.follow(engine.restart);
      },
      restart: () => engine.restart(),
      /** Computes with another backend: the engine starts anew. */
      async chooseBackend(backend: BackendChoice) {
        if (backend === store.getState().setUp.backend) return;
        actions.network.setUp({ backend });
        await engine.restart();
      },
    },
    /** Starts everything; call once. */
    async start() {
      tellOfFaults(context);
      const lastDrawn = address.lastDrawn();
      const wish = address.obey();
      pinFirst(context);
      imagineAlong(context, actions.imagining);
      sampleFirst(context, actions.sampling);
      environment.askBeforeLeaving(() => store.getState().unsaved);
      keepTwin(context);
      keepSurprise(context, actions.meddling.refreshSurprise);
      await engine.boot(wish);
      void actions.keptRuns.tellOfOpenRun();
      void actions.ownData.lookAtData();
      void actions.newVersion.keepPage();
      if (lastDrawn !== null) {
        store.setState({ lastDrawn });
        const text = 'What you drew here last is kept, with all that was set.';
        notify(context, 'info', text, { topic: 'lastDrawn', offer: 'bringBack' });
      }
      address.keep();
      store.subscribe(address.keepSoon);
      environment.onLeave(address.keep);
    },
  };
}

export type App = ReturnType<typeof createApp>;
