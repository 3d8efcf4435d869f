import type { ExhibitsClient } from '../../client/client.ts';
import { RequestError } from '../../client/client.ts';
import type { Trial, Values } from '../../exhibits/exhibit.ts';
import { exhibitOf } from '../../exhibits/exhibits.ts';
import type { Act } from '../../exhibits/frame.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { completed, unusual } from '../../exhibits/values.ts';
import type { ExhibitsRequest, SlotReport } from '../../protocol/exhibits.ts';
import { ON_SHOW } from '../../protocol/exhibits.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Context } from '../context.ts';
import { notify } from '../context.ts';
import { inOrder } from '../exhibitActs.ts';
import type { ExhibitFrames } from '../exhibitFrames.ts';
import { createExhibitPump } from '../exhibitPump.ts';
import type { HallView } from '../exhibitViews.ts';
import { exhibitIn, exhibitStarts, miniatureSlot } from '../exhibitViews.ts';
import { same } from '../kept.ts';
import { latestOnly } from '../latestOnly.ts';
import type { SetUp } from '../urlState.ts';
import { DEFAULT_SETUP } from '../urlState.ts';

/** What is open in a slot, as it was asked for. */
interface Open {
  readonly exhibit: ExhibitId;
  readonly values: Values;
  readonly seed: number;
  /** How a miniature goes on once it has begun: it runs, or stands still after some steps. Null: as the page is asked to. */
  readonly goesOn: 'running' | 'still' | null;
}

/** Everything the user can do in the hall. */
export function exhibitActions(context: Context, frames: ExhibitFrames) {
  const { store, environment } = context;
  const setUp = (change: Partial<SetUp>) =>
    store.setState((state) => ({ setUp: { ...state.setUp, ...change } }));
  let client: ExhibitsClient | null = null;
  const open = new Map<number, Open>();
  /** Whether a worker that was lost has been followed by one that has shown nothing yet. */
  let isRevived = false;

  const spawned = (): ExhibitsClient => {
    if (client) return client;
    const worker = (client = environment.spawnExhibits());
    worker.onFailure((sentence) => {
      if (worker === client) revive(sentence);
    });
    return worker;
  };

  /** Asks the exhibits' worker; whether it did it. */
  const ask = async (request: ExhibitsRequest): Promise<boolean> => {
    const worker = spawned();
    try {
      const asked = worker.request(request);
      pump.wake();
      await asked;
      return true;
    } catch (error) {
      const cancelled = error instanceof RequestError && error.kind === 'cancelled';
      if (!cancelled && worker === client) notify(context, 'error', messageOf(error));
      return false;
    } finally {
      pump.wake();
    }
  };

  const take = (reports: readonly SlotReport[]) => {
    for (const report of reports) {
      if (open.get(report.slot)?.exhibit !== report.exhibit) continue;
      frames.take(report);
      if (report.frame) isRevived = false;
      if (report.slot === ON_SHOW) showStanding(report);
    }
  };
  const showStanding = ({ standing, says }: SlotReport) => {
    const frame = frames.at(ON_SHOW)?.frame;
    const own = frame?.says ? { text: frame.says, isTrouble: frame.isTrouble } : null;
    const exhibitSays = says === null ? own : { text: says, isTrouble: standing === 'failed' };
    const now = store.getState();
    if (now.exhibitStanding === standing && same(now.exhibitSays, exhibitSays)) return;
    store.setState({ exhibitStanding: standing, exhibitSays });
  };
  const pump = createExhibitPump(context, {
    client: () => client,
    wanted: () => [...open.keys()].map((slot) => ({ slot, have: frames.have(slot) })),
    take,
  });

  const begin = (slot: number, what: Open) => {
    open.set(slot, what);
    frames.forget(slot);
    if (slot === ON_SHOW) store.setState({ exhibitStanding: 'opening', exhibitSays: null });
    const { backend } = store.getState().setUp;
    const { exhibit, values, seed } = what;
    return ask({ type: 'open', slot, exhibit, values, seed, base: environment.base, backend });
  };
  /** Begins a miniature, and has it go on. */
  const beginMiniature = async (slot: number, what: Open) => {
    const { pace } = exhibitOf(what.exhibit);
    await begin(slot, what);
    if (pace === 'by hand' || open.get(slot) !== what) return;
    if (what.goesOn === 'still') await ask({ type: 'step', slot, count: STILL_STEPS });
    else await ask({ type: 'run', slot, perSecond: pace.perSecond });
  };
  /** Another worker begins what the lost one had. */
  const revive = (sentence: string) => {
    client = null;
    for (const slot of open.keys()) frames.forget(slot);
    if (isRevived) {
      const text = `${sentence} Open the exhibit again to try once more.`;
      open.clear();
      store.setState({ exhibitStanding: 'lost', exhibitSays: { text, isTrouble: true } });
      return;
    }
    isRevived = true;
    notify(context, 'error', `${sentence} What was on show has begun again.`, { topic: 'hall' });
    for (const [slot, what] of [...open])
      void (what.goesOn === null ? begin(slot, what) : beginMiniature(slot, what));
  };

  /** What the page's set-up asks to be on show; null: nothing. */
  const wanted = (): Open | null => {
    const { mode, exhibit: view, set, exhibitseed: seed } = store.getState().setUp;
    const exhibit = mode === 'exhibits' ? exhibitIn(view) : null;
    if (exhibit === null) return null;
    return { exhibit, seed, values: completed(exhibitOf(exhibit).controls, set), goesOn: null };
  };
  const sendChange = latestOnly((values: Values) =>
    open.has(ON_SHOW) ? ask({ type: 'change', slot: ON_SHOW, values }) : Promise.resolve(),
  );
  const sendAct = inOrder((act) => ask({ type: 'act', slot: ON_SHOW, act }));
  const pause = () => ask({ type: 'pause', slot: ON_SHOW });
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
      void begin(ON_SHOW, next);
    } else if (now.seed !== next.seed) {
      open.set(ON_SHOW, next);
      void ask({ type: 'rewind', slot: ON_SHOW, seed: next.seed });
      if (!same(now.values, next.values)) void sendChange(next.values);
    } else if (!same(now.values, next.values)) {
      open.set(ON_SHOW, next);
      void sendChange(next.values);
    } else pump.wake();
  };
  store.subscribe((state, before) => {
    const { mode, exhibit, set, exhibitseed: seed } = state.setUp;
    const was = before.setUp;
    const isOther = mode !== was.mode || exhibit !== was.exhibit || set !== was.set || seed !== was.exhibitseed; // prettier-ignore
    if (isOther && (mode === 'exhibits' || was.mode === 'exhibits')) follow();
  });

  const perSecond = (id: ExhibitId, factor: number | null): number | null => {
    const { pace } = exhibitOf(id);
    return factor === null || pace === 'by hand' ? null : pace.perSecond * factor;
  };
  const shownId = () => exhibitIn(store.getState().setUp.exhibit);
  const run = async () => {
    const id = shownId();
    if (id === null || exhibitOf(id).pace === 'by hand') return;
    const { exhibitFactor } = store.getState();
    if (await ask({ type: 'run', slot: ON_SHOW, perSecond: perSecond(id, exhibitFactor) }))
      store.setState(({ exhibitStanding: now }) => ({
        exhibitStanding: now === 'resting' ? 'running' : now,
      }));
  };
  const rewind = () =>
    ask({ type: 'rewind', slot: ON_SHOW, seed: store.getState().setUp.exhibitseed });

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
        await ask({ type: 'step', slot: ON_SHOW, count: 1 });
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
    actOnExhibit: (act: Act) => sendAct(act),
    /** Sets up something to try: from the beginning, with everything else as usual; and runs it. */
    async tryExhibit({ values, act }: Trial) {
      const id = shownId();
      if (id === null) return;
      setUp({ set: unusual(exhibitOf(id).controls, values) });
      // All asked at once: what a quick hand asks for next comes after it.
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

/** A miniature that does not move shows what has become of it after so many steps. */
const STILL_STEPS = 20;
