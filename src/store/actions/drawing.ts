import type { CompletionRule } from '../../protocol/episode.ts';
import type { Context } from '../context.ts';
import { ask, notify, tell } from '../context.ts';
import type { Drawing, Picture } from '../drawing.ts';
import { OWN_DRAWING, BLANK, isBlank } from '../drawing.ts';
import { firstDigit } from '../firstDigit.ts';
import type { OcclusionPreset } from '../occlusion.ts';
import { latestOnly } from '../latestOnly.ts';
import { presetMask } from '../occlusion.ts';
import { isByClick } from '../speed.ts';
import { record, redo, undo, undoable } from '../undo.ts';

/** A new episode waits this long (ms) for the next change of the drawing. */
const DEBOUNCE = 140;

/** What the user does with the drawing, and getting it to the engine. */
export function drawingActions(context: Context) {
  const { store, episode } = context;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let randomSeed = 1;

  const current = (): Drawing => store.getState().drawing.present;

  /** Shows the engine a picture; whether it took it. */
  const show = (type: 'setInput' | 'liveInput', picture: Picture): Promise<boolean> => {
    const { pixels, mask, origin } = picture;
    const input = context.sent.add({ pixels, mask, origin });
    return tell(context, { type, pixels: pixels.slice(), mask: mask?.slice() ?? null, input });
  };
  const sendLive = latestOnly((picture: Picture) => show('liveInput', picture));

  /** Hands the drawing to the engine now; false if there is nothing to settle on. */
  const send = async (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    const drawing = current();
    if (isBlank(drawing)) {
      episode.clear();
      await ask(context, { type: 'pause' });
      return false;
    }
    // The episode on show is of another picture; if a new one starts at once it is replaced without a gap.
    if (!store.getState().autoplay) episode.clear();
    return (await show('setInput', drawing)) && current() === drawing;
  };

  const watching = (): boolean => {
    const { engine, model, setUp } = store.getState();
    return engine === 'ready' && model !== null && setUp.mode === 'complete';
  };

  /** Shows the network a picture at once, into the live episode: the drawing, or a stroke that is under way. */
  const perceive = async (picture: Picture) => {
    // Whoever draws wants to see what becomes of it, not the earlier step he looked at.
    if (!episode.following) episode.show(episode.count - 1);
    if (watching()) await sendLive(picture);
  };

  /** Starts a new episode of the drawing as it is now. */
  const settleAnew = () => {
    if (!watching()) return;
    void send().then((ready) => {
      const state = store.getState();
      if (!ready || !state.autoplay) return;
      void ask(context, isByClick(state) ? { type: 'settlingStep', of: 'input' } : { type: 'settle' }); // prettier-ignore
    });
  };

  /** Starts a new episode of the drawing as soon as it stays as it is. */
  const refresh = () => {
    clearTimeout(timer);
    timer = undefined;
    if (store.getState().withoutLateral !== null) store.setState({ withoutLateral: null });
    if (store.getState().live) return void perceive(current());
    timer = setTimeout(settleAnew, DEBOUNCE);
  };

  /** Tells the engine what becomes of hidden pixels. */
  const applyCompletion = async () => {
    await ask(context, { type: 'setCompletion', how: store.getState().setUp.completion });
  };

  /** Whether the engine has the drawing: so it is if its episode is on show, unless a newer one still waits. */
  const isHeld = () => timer === undefined && episode.standing !== null;

  const change = (next: Partial<Drawing>) => {
    store.setState((state) => ({
      drawing: record(state.drawing, { ...state.drawing.present, ...next }),
    }));
    refresh();
  };

  const travel = (move: typeof undo) => () => {
    const before = store.getState().drawing;
    const drawing = move(before);
    if (drawing === before) return;
    store.setState({ drawing });
    rememberOcclusion();
    refresh();
  };
  const rememberOcclusion = () => {
    const { occlusion } = current();
    if (occlusion !== 'brush') store.setState(({ setUp }) => ({ setUp: { ...setUp, occlusion } }));
  };
  return {
    send,
    refresh,
    applyCompletion,
    /** Fills in hidden pixels by another rule: what is drawn is settled anew, if something is hidden. */
    async setCompletion(completion: CompletionRule) {
      store.setState(({ setUp }) => ({ setUp: { ...setUp, completion } }));
      await applyCompletion();
      if (store.getState().live || current().mask !== null) refresh();
    },
    /**
     * While live: what the canvas looks like with the stroke under the pen, not yet a step to undo. As often as the pen moves; what
     * the engine is too busy for is left out.
     */
    sketch(pixels: Float32Array, mask: Uint8Array | null) {
      if (store.getState().live) void perceive({ ...current(), pixels, mask });
    },
    /** A finished stroke: the picture as the network sees it. */
    setPixels: (pixels: Float32Array, origin = OWN_DRAWING) => change({ pixels, origin }),
    /** A finished stroke of the occlusion brush. */
    setMask: (mask: Uint8Array | null) =>
      change({ mask, occlusion: mask === null ? 'none' : 'brush' }),
    setOcclusion(occlusion: OcclusionPreset) {
      if (occlusion === 'random') randomSeed++;
      change({ mask: presetMask(occlusion, randomSeed), occlusion });
      rememberOcclusion();
    },
    /** An empty canvas, nothing hidden by hand; a preset stays. */
    clear() {
      const { occlusion, mask } = current();
      change(occlusion === 'brush' ? BLANK : { ...BLANK, occlusion, mask });
    },
    undo: travel(undo),
    redo: travel(redo),
    /** Takes a digit from the held-out part of the dataset. */
    async takeExample() {
      const report = await ask(context, { type: 'example' });
      if (report === null) return;
      const name = store.getState().data?.classNames[report.label];
      const origin = name === undefined ? 'an example' : `an example of “${name}”`;
      change({ pixels: report.pixels, origin });
    },
    /** The picture the page opens with, unless the address has one: not a step the user could undo. */
    openWithFirst() {
      if (current() === BLANK) {
        const { occlusion } = store.getState().setUp;
        const mask = presetMask(occlusion, randomSeed);
        store.setState({
          drawing: undoable({ pixels: firstDigit(), mask, occlusion, origin: 'a drawn nine' }),
        });
      }
      // Nobody has drawn a stroke that another could follow.
      if (store.getState().live) refresh();
      else settleAnew();
    },
    isHeld,
    /** Sends what is drawn if it waits, and says so if there is nothing. */
    async ensureInput(): Promise<boolean> {
      if (store.getState().live) {
        await perceive(current());
        return true;
      }
      if (isBlank(current())) {
        notify(context, 'info', 'The canvas is empty: draw something or take an example.');
        return false;
      }
      return isHeld() || send();
    },
  };
}

export type DrawingActions = ReturnType<typeof drawingActions>;
