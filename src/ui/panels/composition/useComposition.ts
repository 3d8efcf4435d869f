import { useMemo } from 'react';
import type { Composition } from '../../../store/composition.ts';
import { compose, matricesFor } from '../../../store/composition.ts';
import type { AppStore } from '../../../store/state.ts';
import { useApp, useAppState } from '../../parts/context.ts';
import { useLooking } from '../../parts/useLooking.ts';

/** How often the panel looks whether its matrices are stale (ms): while training they change all the time. */
const INTERVAL = 1500;
/** Paths are told up to this layer. */
const PATH_LAYERS = 3;

/** Whether all matrices that a composition needs are there; they are asked for and kept up to date. */
export function useMatrices(): boolean {
  const { actions } = useApp();
  const layers = useAppState((s) => (s.model === null ? 0 : s.model.config.sizes.length - 1));
  const auxiliary = useAppState((s) => s.model?.definition.auxiliary ?? false);
  const names = useMemo(
    () => matricesFor(Math.min(layers, PATH_LAYERS), auxiliary),
    [layers, auxiliary],
  );
  const look = useMemo(
    () => (layers === 0 ? null : () => actions.refreshSynapses(names)),
    [actions, layers, names],
  );
  useLooking(look, INTERVAL);
  return useAppState(({ synapses }) => layers > 0 && names.every((name) => synapses.has(name)));
}

/** The activity of the first layers at the frame on show; null while there is none. */
export function useActivityReader(): () => Float32Array[] | null {
  const { episode } = useApp();
  return useMemo(
    () => () => {
      const sections = episode.info?.layout.states.slice(0, PATH_LAYERS) ?? [];
      const activity = sections.map((section) => episode.read(section));
      const known = activity.filter((one) => one !== null);
      return known.length > 0 && known.length === sections.length ? known : null;
    },
    [episode],
  );
}

/**
 * Reads the composition of the frame on show, its `most` strongest features; taken apart once for each frame, however many painters
 * ask. Null while there is no frame or no W1.
 */
export function useComposition(most: number): () => Composition | null {
  const { store } = useApp();
  const activity = useActivityReader();
  return useMemo(() => createReader(store, activity, most), [store, activity, most]);
}

function createReader(store: AppStore, activity: () => Float32Array[] | null, most: number) {
  let key: readonly unknown[] = [];
  let held: Composition | null = null;
  return () => {
    const { synapses } = store.getState();
    const phi = activity();
    // Every frame has its own numbers: where its first section lies tells frames apart.
    const now = [phi?.[0]?.buffer, phi?.[0]?.byteOffset, synapses];
    if (key.length === 0 || now.some((value, i) => value !== key[i])) {
      key = now;
      held = phi === null ? null : compose(phi, synapses, most, 0);
    }
    return held;
  };
}
