import type { Snapshot, WorkerActivity } from '../protocol/snapshot.ts';
import { messageOf } from '../shared/errors.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';
import { reportFault } from './reportFault.ts';
import { kept, keptParts } from './kept.ts';

/** So often (ms) the page looks at most while the engine does what it does: training shows but a few pictures a second. */
const INTERVAL: Partial<Record<WorkerActivity, number>> = { idle: 120, training: 50 };

/** Puts a snapshot where it belongs: frames and curves into their buffers, the rest into the store. */
function applySnapshot(context: Context, snapshot: Snapshot): void {
  const { store, episode, curves } = context;
  curves.apply(snapshot.history);
  if (snapshot.episode !== null) episode.apply(snapshot.episode);
  const { backend, activity, progress, background, imagining, mapping, model, dataset, training } =
    snapshot;
  const { weightsVersion, lesions, unsaved } = snapshot;
  const before = store.getState();
  const next = {
    backend: kept(before.backend, backend ?? before.backend),
    activity,
    progress: kept(before.progress, progress),
    background: kept(before.background, background),
    imagining: kept(before.imagining, imagining),
    mapping: kept(before.mapping, mapping),
    model: keptParts(before.model, model ?? before.model),
    data: kept(before.data, dataset ?? before.data),
    missing: kept(before.missing, snapshot.missing),
    offer: kept(before.offer, snapshot.offer),
    training: kept(before.training, training),
    weightsVersion,
    unsaved,
    autosave: kept(before.autosave, snapshot.autosave),
    elsewhere: kept(before.elsewhere, snapshot.elsewhere),
    lesions: kept(before.lesions, lesions),
  };
  const changed = (Object.keys(next) as (keyof typeof next)[]).some(
    (key) => before[key] !== next[key],
  );
  if (changed) store.setState(next);
  for (const { level, text } of snapshot.notices) notify(context, level, text);
}

/** Pulls the engine's newest state once an animation frame, one pull at a time. */
export interface Pump {
  start(): void;
  stop(): void;
  /** Looks at the next frame even if nothing ran. */
  wake(): void;
}

export function createPump(context: Context, now: () => number = () => performance.now()): Pump {
  let running = false;
  let inFlight = false;
  let last = -Infinity;

  const pull = async () => {
    const { client } = context;
    if (client === null) return;
    inFlight = true;
    last = now();
    const have = { ...context.episode.have, ...context.curves.have };
    const snapshot = await client.request({ type: 'pull', have }).catch((error: unknown) => {
      // A dead engine reports itself; the next engine starts with a pull of its own.
      if (client === context.client && context.store.getState().engine !== 'failed')
        notify(context, 'error', messageOf(error));
      return null;
    });
    inFlight = false;
    if (snapshot === null || client !== context.client) return;
    try {
      applySnapshot(context, snapshot);
    } catch (error) {
      // The page is at fault, not the engine: the next snapshot may do better.
      reportFault(error);
    }
  };
  const tick = () => {
    if (!running) return;
    context.environment.requestFrame(tick);
    const { activity } = context.store.getState();
    const due = now() - last >= (INTERVAL[activity] ?? 0);
    if (due && !inFlight && !context.environment.hidden()) void pull();
  };
  return {
    start() {
      if (running) return;
      running = true;
      context.environment.requestFrame(tick);
    },
    stop: () => void (running = false),
    wake: () => void (last = -Infinity),
  };
}
