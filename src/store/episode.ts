import type { NeuronTerms, Section } from '../protocol/frame.ts';
import { neuronTerms, readSection } from '../protocol/frame.ts';
import type { EpisodeUpdate } from '../protocol/episode.ts';
import { SETTLED } from '../protocol/episode.ts';
import type { Have } from '../protocol/snapshot.ts';
import type { Condition, NeuronAddress } from '../protocol/condition.ts';
import type { Picture } from './drawing.ts';
import type { EpisodeInfo, PastEpisode, Recording } from './recording.ts';
import {
  extended,
  hasEnded,
  isWorthKeeping,
  movementOf,
  newRecording,
  pastEpisode,
} from './recording.ts';
import type { Signal } from './signal.ts';
import { createSignal } from './signal.ts';

export type { EpisodeInfo, PastEpisode } from './recording.ts';

/** So many earlier episodes of the drawing are kept: a few megabytes at most for the layers of the paper. */
const MOST_PAST = 8;

/**
 * The frames of the latest settling episode (all; of one that is live the last steps), and of a few settled drawings
 * before it, outside React. Showing an earlier step or episode costs no computation.
 */
export interface EpisodeBuffer {
  readonly changed: Signal;
  readonly info: EpisodeInfo | null;
  /** Whether the episode on show has made its last step. One that is live has none. */
  readonly ended: boolean;
  /** How the drawing's latest episode stands, whatever is on show; null while there is none. */
  readonly standing: Standing | null;
  /** By which share of their length the next step would move its states, whatever is on show; null while there is none. */
  readonly movement: number | null;
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
  /** Under what the step after frame `index` (the shown one if not given) was made; null while there is none. */
  conditionAt(index?: number): Condition | null;
  /** What was seen at frame `index` (the shown one if not given); null while there is none, and in episodes of training. */
  pictureAt(index?: number): Picture | null;
  /** How a state neuron moves in the step after frame `index` (the shown one if not given), term by term; null while there is none. */
  terms(neuron: NeuronAddress, index?: number): NeuronTerms | null;
  /** Forgets the episode for good: what else arrives of it is ignored. */
  clear(): void;
  /** Earlier episodes of the drawing that settled to their end, the newest first. */
  readonly past: readonly PastEpisode[];
  /** Which of them is on show; null: the latest episode. */
  readonly recalled: number | null;
  /** Shows an earlier episode, or the latest again (null). A new episode shows itself. */
  recall(id: number | null): void;
  /** Forgets the earlier episodes too: they were of another network. */
  forgetPast(): void;
  /** Forgets everything, and what was received: another engine counts its episodes anew. */
  reset(): void;
}

/**
 * `underWay`: steps are still to come; `settled`: none are, and the next would move the states by less than SETTLED of their length;
 * `stopped`: none are, though the states still move. One that is live has none to come while it rests.
 */
export type Standing = 'underWay' | 'settled' | 'stopped';

/** Whether there is an episode of the drawing that has no more steps to come. */
export function isOver({ standing }: Pick<EpisodeBuffer, 'standing'>): boolean {
  return standing === 'settled' || standing === 'stopped';
}

const NONE = -1;
const NOTHING = { episode: NONE, frames: 0 };

export function createEpisodeBuffer(
  options: {
    now?: () => number;
    /** The picture that went to the engine with a number: remembered with the frames that saw it. */
    seen?: (input: number) => Picture | null;
  } = {},
): EpisodeBuffer {
  const { now = () => performance.now(), seen = () => null } = options;
  const changed = createSignal();
  let latest: Recording | null = null;
  let earlier: readonly Recording[] = [];
  let recalled: Recording | null = null;
  let past: readonly PastEpisode[] = [];
  let shown = NONE;
  let following = true;
  let arrived = 0;
  let begun = 0;
  // What the engine has sent, which it must not send again even if the page shows nothing of it.
  let received = NOTHING;
  let dismissed = NONE;

  const visible = (): Recording | null => recalled ?? latest;
  const count = () => visible()?.frames.length ?? 0;
  const follow = () => {
    following = true;
    shown = count() - 1;
  };
  /** The latest episode is over: keep it if it is a drawing that settled. */
  const retire = () => {
    if (latest !== null && isWorthKeeping(latest)) {
      earlier = [latest, ...earlier].slice(0, MOST_PAST);
      past = earlier.map(pastEpisode);
    }
    latest = null;
    recalled = null;
  };

  const forgetEarlier = () => {
    earlier = [];
    past = [];
    recalled = null;
    follow();
  };

  return {
    changed,
    get info() {
      return visible()?.info ?? null;
    },
    get ended() {
      const recording = visible();
      return recording !== null && hasEnded(recording);
    },
    get standing() {
      if (latest?.info.kind !== 'input') return null;
      if (!hasEnded(latest) && !latest.info.resting) return 'underWay';
      return (movementOf(latest) ?? Infinity) < SETTLED ? 'settled' : 'stopped';
    },
    get movement() {
      return latest?.info.kind === 'input' ? movementOf(latest) : null;
    },
    get count() {
      return count();
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
    get past() {
      return past;
    },
    get recalled() {
      return recalled?.info.id ?? null;
    },
    apply(update) {
      if (update.id === dismissed) return;
      const before = latest;
      if (latest?.number !== update.id) {
        const layout = visible()?.info.layout;
        retire();
        latest = newRecording(update, ++begun, layout);
        follow();
      } else if (update.from > received.frames) return; // would leave a gap: the next pull asks again
      const { recording, forgotten } = extended(latest, update, seen);
      latest = recording;
      received = { episode: update.id, frames: update.next };
      if (update.stepOf.length > 0) arrived = now();
      if (recalled === null)
        shown = following ? count() - 1 : Math.max(0, Math.min(shown - forgotten, count() - 1));
      // Every look at the engine brings an update, sixty times a second: nothing is painted again for one that says nothing.
      if (latest !== before) changed.emit();
    },
    show(index) {
      if (count() === 0) return;
      shown = Math.max(0, Math.min(count() - 1, Math.round(index)));
      following = shown === count() - 1;
      changed.emit();
    },
    stepAt: (index) => visible()?.steps[index] ?? 0,
    indexOfStep(step) {
      const later = visible()?.steps.findIndex((s) => s > step) ?? 0;
      return Math.max(0, later < 0 ? count() - 1 : later - 1);
    },
    read(section, index = shown) {
      const recording = visible();
      const frame = recording?.frames[index];
      return frame ? readSection(frame, recording.info.layout, 0, section) : null;
    },
    conditionAt: (index = shown) => visible()?.conditions[index] ?? null,
    pictureAt: (index = shown) => visible()?.pictures[index] ?? null,
    terms(neuron, index = shown) {
      const recording = visible();
      const frame = recording?.frames[index];
      const condition = recording?.conditions[index];
      if (!recording || !frame || !condition) return null;
      return neuronTerms(frame, recording.info.layout, 0, condition, neuron);
    },
    clear() {
      dismissed = received.episode;
      retire();
      follow();
      changed.emit();
    },
    recall(id) {
      recalled = earlier.find(({ info }) => info.id === id) ?? null;
      follow();
      changed.emit();
    },
    forgetPast() {
      forgetEarlier();
      changed.emit();
    },
    reset() {
      latest = null;
      received = NOTHING;
      dismissed = NONE;
      forgetEarlier();
      changed.emit();
    },
  };
}
