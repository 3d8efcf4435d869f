import type { ExhibitsClient } from '../client/client.ts';
import { RequestError } from '../client/client.ts';
import type { Values } from '../exhibits/exhibit.ts';
import { exhibitOf } from '../exhibits/exhibits.ts';
import type { ExhibitId } from '../exhibits/shown.ts';
import type { ExhibitsRequest, SlotReport } from '../protocol/exhibits.ts';
import { ON_SHOW } from '../protocol/exhibits.ts';
import { messageOf } from '../shared/errors.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';
import type { ExhibitFrames } from './exhibitFrames.ts';
import { createExhibitPump } from './exhibitPump.ts';
import { same } from './kept.ts';

/** A miniature that does not move shows what has become of it after so many steps. */
const STILL_STEPS = 20;

/** What is open in a slot, as it was asked for. */
export interface Open {
  readonly exhibit: ExhibitId;
  readonly values: Values;
  readonly seed: number;
  /** How a miniature goes on once it has begun: it runs, or stands still after some steps. Null: as the page is asked to. */
  readonly goesOn: 'running' | 'still' | null;
}

/** The hall's worker, what is open in it, and what becomes of both where it is lost. */
export function createExhibitHall(context: Context, frames: ExhibitFrames) {
  const { store, environment } = context;
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

  return { open, ask, begin, beginMiniature, wake: () => pump.wake() };
}
