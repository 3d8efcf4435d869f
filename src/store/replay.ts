import type { EpisodeBuffer } from './episode.ts';
import { createSignal } from './signal.ts';
import type { Signal } from './signal.ts';

/** Backwards, standing still, forwards. */
export type Direction = -1 | 0 | 1;

/** Plays recorded steps again; nothing is computed. */
export interface Replay {
  readonly changed: Signal;
  readonly direction: Direction;
  readonly loop: boolean;
  /** Plays in a direction; the same one again stops. From an end it starts at the other. */
  play(direction: -1 | 1): void;
  /** Whether it begins again at the end. Switched on while nothing plays, it plays. */
  toggleLoop(): void;
  stop(): void;
}

export interface ReplayOptions {
  readonly stepsPerSecond: () => number;
  readonly requestFrame: (callback: () => void) => void;
  readonly now: () => number;
}

/** A loop stays at its end this long (ms), so that one sees where it ends. */
const REST = 500;

type Shown = Pick<EpisodeBuffer, 'info' | 'shown' | 'count' | 'show'>;

/** Replays what an episode buffer holds. Whoever shows another step or episode meanwhile stops it. */
export function createReplay(episode: Shown, options: ReplayOptions): Replay {
  const { stepsPerSecond, requestFrame, now } = options;
  const changed = createSignal();
  let direction: Direction = 0;
  let loop = false;
  let before = 0;
  let rest = 0;
  /** Where it is, with the part of a step that has gone by. */
  let place = 0;
  let expected = -1;
  let id: number | undefined;
  let scheduled = false;

  const set = (next: Direction) => {
    if (next === direction) return;
    direction = next;
    changed.emit();
  };
  const show = (index: number) => {
    if (index !== episode.shown) episode.show(index);
    expected = episode.shown;
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestFrame(tick);
  };
  const tick = () => {
    scheduled = false;
    if (direction === 0) return;
    if (episode.info?.id !== id || episode.shown !== expected) return set(0);
    const time = now();
    const elapsed = time - before;
    before = time;
    const last = episode.count - 1;
    if (rest > 0) {
      rest -= elapsed;
      if (rest <= 0) show((place = direction > 0 ? 0 : last));
      return schedule();
    }
    // After a hidden tab the elapsed time is long: it goes on, it does not jump.
    place += (direction * stepsPerSecond() * Math.min(elapsed, 250)) / 1000;
    place = Math.max(0, Math.min(last, place));
    show(Math.round(place));
    const ended = direction > 0 ? place >= last : place <= 0;
    if (ended && !loop) return set(0);
    if (ended) rest = REST;
    schedule();
  };
  const start = (next: -1 | 1) => {
    const last = episode.count - 1;
    if (last < 1) return;
    id = episode.info?.id;
    before = now();
    rest = 0;
    place = episode.shown;
    if (next > 0 && place >= last) place = 0;
    if (next < 0 && place <= 0) place = last;
    show(place);
    set(next);
    schedule();
  };

  return {
    changed,
    get direction() {
      return direction;
    },
    get loop() {
      return loop;
    },
    play(next) {
      if (direction === next) set(0);
      else start(next);
    },
    toggleLoop() {
      loop = !loop;
      changed.emit();
      if (loop && direction === 0) start(1);
    },
    stop: () => set(0),
  };
}
