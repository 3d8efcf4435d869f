import { useEffect } from 'react';
import type { App } from '../../store/app.ts';
import { partsOfStep } from '../../store/parts.ts';
import { BY_CLICK, isByClick, SLOW_MOTION, speedOf } from '../../store/speed.ts';
import type { AppState, Phase } from '../../store/state.ts';
import { useApp } from '../parts/context.ts';

/** How long a part of a single step is lit (ms), and how long learning is. */
const SINGLE = 1100;
const LEARNING = 2600;
/** How often the part on show is looked up (ms). */
const INTERVAL = 70;

/** Steps a second if that is slow enough to show the parts of each step; else null. */
function slowSpeed({ setUp, activity }: AppState): number | null {
  const speed = speedOf(setUp);
  const runs = activity === 'settling' || activity === 'training';
  return runs && speed !== null && speed > BY_CLICK && speed <= SLOW_MOTION ? speed : null;
}

/** The parts of the running step: an episode that has ended has none to make. */
function partsNow({ episode }: App): readonly Phase[] {
  const parts = partsOfStep(episode);
  const done = episode.info?.kind === 'input' && episode.ended;
  return done ? parts.slice(0, 2) : parts;
}

/** Lights the parts of the running step one after the other, in slow motion and after single steps. Used once in the page. */
export function usePhaseDriver(): void {
  const app = useApp();
  useEffect(() => {
    const { episode, store, actions } = app;
    /** A row of parts to light, each for a while, from a moment on. */
    let row: { parts: readonly Phase[]; each: number; from: number } | null = null;
    let last = { id: -1, step: -1, count: 0 };
    let slowBefore = false;
    /** The user has closed the caption: it stays closed as long as this slow motion lasts. */
    let closed = false;

    const onFrame = () => {
      const { info, count } = episode;
      if (info === null || episode.recalled !== null) return;
      const now = { id: info.id, step: count > 0 ? episode.stepAt(count - 1) : -1, count };
      const next = now.id === last.id ? now.step === last.step + 1 : now.step === 0;
      last = now;
      const state = store.getState();
      if (isByClick(state)) {
        if (next) actions.lightFirst();
        return;
      }
      const idle = state.activity === 'idle';
      if (next && idle && !info.live)
        row = { parts: partsNow(app), each: SINGLE, from: performance.now() };
    };
    const onStore = (state: AppState, before: AppState) => {
      if (before.stepping && !state.stepping) {
        row = null;
        closed = true;
      }
      const { model } = state;
      const same = model !== null && model.seed === before.model?.seed;
      const learnt = same && model.imagesSeen > before.model.imagesSeen;
      if (learnt && model.title === before.model.title && state.activity === 'idle')
        row = { parts: ['learn'], each: LEARNING, from: performance.now() };
    };
    const show = (runningPhase: Phase | null, stepping: boolean) => {
      const state = store.getState();
      if (state.runningPhase !== runningPhase || state.stepping !== stepping)
        store.setState({ runningPhase, stepping });
    };
    const tick = () => {
      const state = store.getState();
      if (isByClick(state) && row === null) return;
      const slow = slowSpeed(state);
      const runs = state.activity === 'settling' || state.activity === 'training';
      if (slow !== null) {
        row = null;
        slowBefore = true;
        const parts = partsNow(app);
        const at = Math.floor(((performance.now() - episode.arrived) * slow * parts.length) / 1000);
        return show(parts[Math.min(at, parts.length - 1)] ?? null, !closed);
      }
      closed = false;
      if (runs) {
        row = null;
        slowBefore = false;
        return show(null, false);
      }
      // The last steps of slow motion are not cut short.
      const part = row && row.parts[Math.floor((performance.now() - row.from) / row.each)];
      if (row !== null && performance.now() - row.from > INTERVAL)
        return part === undefined ? endRow() : show(part, true);
      if (slowBefore) {
        slowBefore = false;
        show(null, state.stepping);
      }
    };
    const endRow = () => {
      row = null;
      show(null, store.getState().stepping);
    };
    const stops = [episode.changed.subscribe(onFrame), store.subscribe(onStore)];
    const timer = setInterval(tick, INTERVAL);
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
    };
  }, [app]);
}
