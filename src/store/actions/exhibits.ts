import type { Trial, Values } from '../../exhibits/exhibit.ts';
import { exhibitOf } from '../../exhibits/exhibits.ts';
import type { Act } from '../../exhibits/frame.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { completed, unusual } from '../../exhibits/values.ts';
import type { ExhibitsRequest } from '../../protocol/exhibits.ts';
import { ON_SHOW } from '../../protocol/exhibits.ts';
import type { Context } from '../context.ts';
import type { ExhibitFrames } from '../exhibitFrames.ts';
import { createHand } from '../exhibitHand.ts';
import type { Open } from '../exhibitHall.ts';
import { createExhibitHall } from '../exhibitHall.ts';
import type { HallView } from '../exhibitViews.ts';
import { exhibitIn, exhibitStarts, miniatureSlot } from '../exhibitViews.ts';
import { same } from '../kept.ts';
import type { SetUp } from '../urlState.ts';
import { DEFAULT_SETUP } from '../urlState.ts';

/** Everything the user can do in the hall. */
export function exhibitActions(context: Context, frames: ExhibitFrames) {
  const { store, environment } = context;
  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));
  const { open, ask, begin, beginMiniature, wake } = createExhibitHall(context, frames);

  /** What the page's set-up asks to be on show; null: nothing. */
  const wanted = (): Open | null => {
    const { mode, exhibit: view, set, exhibitseed: seed } = store.getState().setUp;
    const exhibit = mode === 'exhibits' ? exhibitIn(view) : null;
    if (exhibit === null) return null;
    return { exhibit, seed, values: completed(exhibitOf(exhibit).controls, set), goesOn: null };
  };
  const hand = createHand(async (dragged) => {
    if (open.has(ON_SHOW)) await ask(dragged);
  });
  const sendChange = (values: Values) => hand.drags({ type: 'change', slot: ON_SHOW, values });
  const sendAct = (act: Act) => hand.drags({ type: 'act', slot: ON_SHOW, act });
  /** Asks for something after all that was asked for before it. */
  const askNext = (request: ExhibitsRequest) => {
    hand.flush();
    return ask(request);
  };
  const pause = () => askNext({ type: 'pause', slot: ON_SHOW });
  const perSecond = (id: ExhibitId, factor: number | null): number | null => {
    const { pace } = exhibitOf(id);
    return factor === null || pace === 'by hand' ? null : pace.perSecond * factor;
  };
  const shownId = () => exhibitIn(store.getState().setUp.exhibit);
  const run = async () => {
    const id = shownId();
    if (id === null || exhibitOf(id).pace === 'by hand') return;
    const { exhibitFactor } = store.getState();
    if (await askNext({ type: 'run', slot: ON_SHOW, perSecond: perSecond(id, exhibitFactor) }))
      store.setState(({ exhibitStanding: now }) => ({
        exhibitStanding: now === 'resting' ? 'running' : now,
      }));
  };
  /** Brings the exhibit on show up to the page's set-up; where none is to be seen, it rests. */
  const follow = () => {
    const next = wanted();
    const now = open.get(ON_SHOW);
    if (next === null) {
      if (store.getState().exhibitStanding === 'running') void pause();
      return;
    }
    if (now?.exhibit !== next.exhibit) {
      store.setState({ exhibitFactor: 1 });
      hand.forget();
      void begin(ON_SHOW, next);
      // Nobody has to find a button before there is something to see; who wants no motion presses it.
      if (!environment.reducedMotion()) void run();
    } else if (now.seed !== next.seed) {
      open.set(ON_SHOW, next);
      void askNext({ type: 'rewind', slot: ON_SHOW, seed: next.seed });
      if (!same(now.values, next.values)) sendChange(next.values);
    } else if (!same(now.values, next.values)) {
      open.set(ON_SHOW, next);
      sendChange(next.values);
    } else wake();
  };
  store.subscribe((state, before) => {
    const { mode, exhibit, set, exhibitseed: seed } = state.setUp;
    const was = before.setUp;
    const isOther = mode !== was.mode || exhibit !== was.exhibit || set !== was.set || seed !== was.exhibitseed; // prettier-ignore
    if (isOther && (mode === 'exhibits' || was.mode === 'exhibits')) follow();
  });

  const rewind = () =>
    askNext({ type: 'rewind', slot: ON_SHOW, seed: store.getState().setUp.exhibitseed });

  return {
    /** Shows the plan of the hall, or an exhibit as it usually opens. */
    openExhibit(exhibit: HallView) {
      if (exhibit === store.getState().setUp.exhibit) return;
      setUp({ exhibit, set: {}, exhibitseed: DEFAULT_SETUP.exhibitseed });
    },
    /** Runs the exhibit on show, or has it rest. */
    async toggleExhibit() {
      const { exhibitStanding: standing } = store.getState();
      if (standing === 'running') await pause();
      else if (standing === 'resting') await run();
      else if (exhibitStarts(standing)) {
        void rewind();
        await run();
      }
    },
    async stepExhibit() {
      const id = shownId();
      if (id !== null && exhibitOf(id).pace !== 'by hand')
        await askNext({ type: 'step', slot: ON_SHOW, count: 1 });
    },
    /** Back to its beginning, with the same seed. */
    rewindExhibit: rewind,
    /** Begins with the next seed; what ran runs again. */
    async reseedExhibit() {
      const goesOn = store.getState().exhibitStanding === 'running';
      setUp({ exhibitseed: (store.getState().setUp.exhibitseed + 1) % 2 ** 31 });
      if (goesOn) await run();
    },
    /** @param factor how many times the usual speed; null: as fast as can be */
    async setExhibitFactor(factor: number | null) {
      store.setState({ exhibitFactor: factor });
      if (store.getState().exhibitStanding === 'running') await run();
    },
    /** Sets some controls of the exhibit on show. */
    changeExhibit(some: Values) {
      const id = shownId();
      if (id === null) return;
      const { controls } = exhibitOf(id);
      setUp({ set: unusual(controls, { ...store.getState().setUp.set, ...some }) });
    },
    actOnExhibit: sendAct,
    /** Sets up something to try: from the beginning, with everything else as usual; and runs it. */
    async tryExhibit({ values, act }: Trial) {
      const id = shownId();
      if (id === null) return;
      setUp({ set: unusual(exhibitOf(id).controls, values) });
      // All asked at once, in this order: what a quick hand asks for next comes after it.
      if (exhibitOf(id).pace !== 'by hand') void rewind();
      if (act) sendAct(act);
      await run();
    },
    /** A miniature came into sight; `still`: one frame of it is enough. */
    async showMiniature(id: ExhibitId, still: boolean) {
      const { controls, miniature } = exhibitOf(id);
      await beginMiniature(miniatureSlot(id), {
        ...{
          exhibit: id,
          values: completed(controls, miniature),
          goesOn: still ? 'still' : 'running',
        },
        seed: DEFAULT_SETUP.exhibitseed,
      });
    },
    async hideMiniature(id: ExhibitId) {
      const slot = miniatureSlot(id);
      if (!open.delete(slot)) return;
      await ask({ type: 'close', slot });
    },
  };
}
