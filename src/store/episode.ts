import type { FrameLayout, Section } from '../protocol/frame.ts';
import { frameLayout, readSection } from '../protocol/frame.ts';
import type { EpisodeUpdate, Have } from '../protocol/messages.ts';
import type { Signal } from './signal.ts';
import { createSignal } from './signal.ts';

/** What is known of the episode on show, apart from its numbers. */
export interface EpisodeInfo {
  readonly id: number;
  readonly kind: EpisodeUpdate['kind'];
  readonly layout: FrameLayout;
  /** T, the last step the episode will have. */
  readonly steps: number;
  readonly masked: boolean;
}

/**
 * Every frame of the latest settling episode, outside React. Because all are kept, showing an earlier
 * step costs no computation: it only moves `shown`.
 */
export interface EpisodeBuffer {
  readonly changed: Signal;
  readonly info: EpisodeInfo | null;
  /** Frames held. */
  readonly count: number;
  /** Index of the frame on show, −1 while there is none. */
  readonly shown: number;
  /** Whether the newest frame is shown as it comes, or the user looks at an earlier one. */
  readonly following: boolean;
  /** When the newest frame arrived (ms, as performance.now counts). */
  readonly arrived: number;
  readonly have: Pick<Have, 'episode' | 'frames'>;
  apply(update: EpisodeUpdate): void;
  /** Shows frame `index` (clamped); the last one means: follow. */
  show(index: number): void;
  /** The settling step frame `index` belongs to. */
  stepAt(index: number): number;
  /** The frame that shows settling step `step`, or the nearest one before it. */
  indexOfStep(step: number): number;
  /** The numbers of a section at frame `index` (the shown one if not given); null while there is none. */
  read(section: Section, index?: number): Float32Array | null;
  /** Forgets the episode for good: what else arrives of it is ignored. */
  clear(): void;
}

const NONE = -1;

export function createEpisodeBuffer(now: () => number = () => performance.now()): EpisodeBuffer {
  const changed = createSignal();
  let info: EpisodeInfo | null = null;
  let frames = new Float32Array(0);
  let stepOf: number[] = [];
  let count = 0;
  let shown = NONE;
  let following = true;
  let arrived = 0;
  // What the engine has sent, which it must not send again even if the page shows nothing of it.
  let received = { episode: NONE, frames: 0 };
  let dismissed = NONE;

  const reserve = (wanted: number) => {
    if (frames.length >= wanted) return;
    const grown = new Float32Array(Math.max(wanted, 2 * frames.length));
    grown.set(frames);
    frames = grown;
  };

  return {
    changed,
    get info() {
      return info;
    },
    get count() {
      return count;
    },
    get shown() {
      return shown;
    },
    get following() {
      return following;
    },
    get arrived() {
      return arrived;
    },
    get have() {
      return received;
    },
    apply(update) {
      if (update.id === dismissed) return;
      if (info === null || info.id !== update.id) {
        // The frames of one episode share a layout, and so do most episodes: keep its object then.
        const same = info !== null && String(info.layout.sizes) === String(update.sizes);
        const layout = same && info !== null ? info.layout : frameLayout(update.sizes);
        info = { ...update, layout };
        stepOf = [];
        count = 0;
        following = true;
      }
      // A pull that crossed another one may repeat frames; one that would leave a gap is of no use.
      if (update.from > count) return;
      const { stride } = info.layout;
      reserve((update.from + update.stepOf.length) * stride);
      frames.set(update.frames.subarray(0, update.stepOf.length * stride), update.from * stride);
      stepOf = [...stepOf.slice(0, update.from), ...update.stepOf];
      count = stepOf.length;
      info = {
        id: update.id,
        kind: update.kind,
        layout: info.layout,
        steps: update.steps,
        masked: update.masked,
      };
      received = { episode: update.id, frames: count };
      if (update.stepOf.length > 0) arrived = now();
      shown = following ? count - 1 : Math.min(shown, count - 1);
      changed.emit();
    },
    show(index) {
      if (count === 0) return;
      shown = Math.max(0, Math.min(count - 1, Math.round(index)));
      following = shown === count - 1;
      changed.emit();
    },
    stepAt: (index) => stepOf[index] ?? 0,
    indexOfStep(step) {
      let index = 0;
      while (index + 1 < count && stepOf[index + 1]! <= step) index++;
      return index;
    },
    read(section, index = shown) {
      if (info === null || index < 0 || index >= count) return null;
      return readSection(frames, info.layout, index, section);
    },
    clear() {
      dismissed = received.episode;
      info = null;
      stepOf = [];
      count = 0;
      shown = NONE;
      following = true;
      changed.emit();
    },
  };
}
