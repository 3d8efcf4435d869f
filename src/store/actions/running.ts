import type { Context } from '../context.ts';
import { ask, notify } from '../context.ts';
import type { Press } from '../mainButton.ts';
import { isRunning } from '../mainButton.ts';
import type { Speed } from '../speed.ts';
import { BY_CLICK, isByClick, openingSpeed, SLOWEST, speedKey, speedOf } from '../speed.ts';
import type { Mode } from '../urlState.ts';
import { panelOf } from '../urlState.ts';
import { partActions } from './parts.ts';
import { hasPretrained } from '../weights.ts';
import type { DrawingActions } from './drawing.ts';
import type { NetworkActions } from './network.ts';
import type { SamplingActions } from './sampling.ts';

/** A person needs so long (ms) to see that the word on a button has changed, and to stop pressing it. */
const READING = 400;

/** Settling, training, sampling: what runs, and how fast. */
export function runActions(
  context: Context,
  {
    drawing,
    network,
    sampling,
  }: { drawing: DrawingActions; network: NetworkActions; sampling: SamplingActions },
) {
  const { store, episode } = context;
  const mode = () => store.getState().setUp.mode;
  const learning = () => (mode() === 'train' ? 'training' : 'input');
  const running = () => isRunning(store.getState());

  /** Whether the button was pressed since something last began to settle, and when (ms) that began without. */
  let pressed = false;
  let beganByItself = -Infinity;
  store.subscribe(({ activity }, before) => {
    if (activity === before.activity || activity !== 'settling') return;
    if (!pressed) beganByItself = performance.now();
    pressed = false;
  });
  /** Whether the button has only just come to say “Pause settling”, by itself. */
  const isUnread = () => performance.now() - beganByItself < READING;

  /** @param opening for the first picture of the page */
  const applySpeed = async (opening = false) => {
    const asked = speedOf(store.getState().setUp);
    const speed = opening ? openingSpeed(asked) : asked;
    // What goes on all the same, live, is as slow as can be.
    await ask(context, { type: 'setSpeed', stepsPerSecond: speed === BY_CLICK ? SLOWEST : speed });
  };
  const settle = async () => {
    store.setState({ autoplay: true });
    const byClick = isByClick(store.getState());
    if (byClick && drawing.isHeld()) {
      episode.show(0);
      return parts.lightFirst();
    }
    if (await drawing.ensureInput())
      await ask(context, byClick ? { type: 'settlingStep', of: 'input' } : { type: 'settle' });
  };
  const pause = async () => {
    if (mode() === 'complete') store.setState({ autoplay: false });
    await ask(context, { type: 'pause' });
  };
  const startTraining = () =>
    isByClick(store.getState()) ? settlingStep() : ask(context, { type: 'startTraining' });
  const settlingStep = async () => {
    if (mode() === 'train' || (await drawing.ensureInput()))
      await ask(context, { type: 'settlingStep', of: learning() });
  };
  const parts = partActions(context, settlingStep);

  const enterTrain = async () => {
    const { model, setUp } = store.getState();
    if (model?.weights === 'own') return;
    const own = await network.select();
    if (own === null) return;
    const state = own.imagesSeen > 0 ? `has learnt from ${own.imagesSeen} images` : 'starts fresh';
    notify(
      context,
      'info',
      `Training works on your own network: it ${state} (seed ${setUp.seed}). The pretrained one stays as it is.`,
    );
  };
  const leaveTrain = async () => {
    await ask(context, { type: 'pause' });
    const { model, training, setUp } = store.getState();
    const seen = Math.max(model?.imagesSeen ?? 0, training?.imagesSeen ?? 0);
    if (seen > 0) network.setUp({ weights: 'own' });
    else if (hasPretrained(store.getState(), setUp.model)) {
      network.setUp({ weights: 'auto' });
      await network.select();
    }
  };

  const setMode = async (next: Mode) => {
    const before = mode();
    if (next === before) return;
    network.setUp({ mode: next, panel: panelOf(next) });
    if (running()) await ask(context, { type: 'pause' });
    if (next === 'train') await enterTrain();
    else if (before === 'train') await leaveTrain();
    await applySpeed();
    if (next === 'complete') {
      store.setState({ autoplay: true });
      if (store.getState().live) {
        await settle();
        return;
      }
      episode.clear();
      drawing.refresh();
    }
  };

  return {
    settle,
    pause,
    setMode,
    startTraining,
    applySpeed,
    cancel: () => ask(context, { type: 'cancel' }),
    /** What the main button said when it was pressed: what that means is decided by what the person saw, not by what runs by now. */
    async press(said: Press) {
      const seen = said === 'pauseSettling' && isUnread() ? 'settle' : said;
      switch (seen) {
        case 'settle':
          if (store.getState().activity === 'settling') return;
          pressed = true;
          return settle();
        case 'startTraining':
          await startTraining();
          return;
        case 'drawSamples':
          return sampling.sample();
        case 'pauseSettling':
        case 'pauseTraining':
          return pause();
        default:
          return seen satisfies never;
      }
    },
    settlingStep,
    async weightUpdate() {
      if (mode() === 'train' || (await drawing.ensureInput()))
        store.setState({
          lastUpdate: await ask(context, { type: 'weightUpdate', of: learning() }),
        });
    },
    /** Takes the last weight update from the drawing back, or with `all` every one; the drawing settles anew. */
    async undoUpdates(all: boolean) {
      network.shown(await ask(context, { type: 'undoUpdates', all }));
    },
    /** One step back in the episode, or forward; at its end a new step is computed (of a batch none: it would be learnt from). */
    async scrub(by: 1 | -1) {
      const { shown, count } = episode;
      if (by < 0 || shown < count - 1) return episode.show(shown + by);
      // An episode of the past has nothing more to come.
      const more = learning() === 'input' || !episode.ended;
      if (!running() && more && episode.recalled === null) return settlingStep();
    },
    setSpeed(speed: Speed) {
      const before = isByClick(store.getState());
      network.setUp({ [speedKey(mode())]: speed });
      void applySpeed();
      const byClick = isByClick(store.getState());
      if (byClick && running()) void ask(context, { type: 'pause' });
      if (byClick && !before) parts.lightFirst();
      if (before && !byClick) store.setState({ runningPhase: null, stepping: false });
    },
    ...parts,
    /** Puts a picture on the drawing canvas, where it settles. */
    async usePicture(pixels: Float32Array, origin: string) {
      await setMode('complete');
      drawing.setPixels(pixels, origin);
    },
  };
}

export type RunActions = ReturnType<typeof runActions>;
