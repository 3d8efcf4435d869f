import { NO_STOP } from '../../protocol/learning.ts';
import type { Context } from '../context.ts';
import { ask, tell } from '../context.ts';
import type { StopCondition } from '../stopRule.ts';
import { endsByItself, parseCondition } from '../stopRule.ts';

/** While training runs, what it can do is looked at anew this often at most (ms): each look makes it wait a little. */
const LOOK_EVERY = 1500;

/** Watching a training: when it ends, what it could do in its past, how its network fares. */
export function learningActions(context: Context) {
  const { store } = context;
  const asked = { moments: -Infinity, health: -Infinity };
  const asking = { moments: false, health: false };

  /** Asks for what is on show unless it is of the present synapses, or was asked for a moment ago. */
  const refreshed = async <T>(
    what: 'moments' | 'health',
    known: number | undefined,
    get: () => Promise<T | null>,
  ): Promise<T | null> => {
    const { engine, model, weightsVersion, data } = store.getState();
    if (engine !== 'ready' || model === null || data === null || asking[what]) return null;
    if (known === weightsVersion) return null;
    if (known !== undefined && performance.now() - asked[what] < LOOK_EVERY) return null;
    asking[what] = true;
    const answer = await get();
    // From the answer on: a slow machine is not asked all the time.
    asked[what] = performance.now();
    asking[what] = false;
    return store.getState().model?.config === model.config ? answer : null;
  };

  return {
    /** Keeps what the network can do, and could, up to date. */
    async refreshMoments() {
      const { moments: held, weightsVersion, training } = store.getState();
      // More moments may have come without a change of the synapses: the first one.
      const stale = held !== null && training !== null && training.moments > held.past.length;
      const known = stale ? undefined : held?.version;
      const from = held?.past.length ?? 0;
      const report = await refreshed('moments', known, () =>
        ask(context, { type: 'moments', from }),
      );
      if (report === null) return;
      const same = held?.run === report.run && store.getState().moments === held;
      if (!same && report.from > 0) {
        // Another run: everything anew.
        store.setState({ moments: null, shownMoment: null });
        return;
      }
      const past = same ? [...held.past, ...report.past] : report.past;
      store.setState({ moments: { ...report, from: 0, past, version: weightsVersion } });
    },
    /** Shows a moment of the run's past, or the present (null). */
    showMoment: (shownMoment: number | null) => store.setState({ shownMoment }),
    /** Keeps what is known of the network's health up to date. */
    async refreshHealth() {
      const { health } = store.getState();
      const report = await refreshed('health', health?.version, () =>
        ask(context, { type: 'health' }),
      );
      if (report !== null) store.setState({ health: report });
    },
    /** Reads one condition under which training ends by itself, and sets it; returns the sentence why not, or null. */
    async setStop(condition: StopCondition, text: string): Promise<string | null> {
      const parsed = parseCondition(condition, text);
      if ('refused' in parsed) return parsed.refused;
      const rule = { ...store.getState().setUp.stop, [condition]: parsed.value };
      if (!(await tell(context, { type: 'setStop', rule }))) return 'The engine refused this; see its message.'; // prettier-ignore
      const stop = endsByItself(rule) ? rule : NO_STOP;
      store.setState(({ setUp }) => ({ setUp: { ...setUp, stop } }));
      return null;
    },
    /** Tells the engine when training ends. */
    async applyStop() {
      await ask(context, { type: 'setStop', rule: store.getState().setUp.stop });
    },
  };
}
