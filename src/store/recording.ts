import type { FrameLayout } from '../protocol/frame.ts';
import { frameLayout, readSection } from '../protocol/frame.ts';
import type { EpisodeUpdate } from '../protocol/episode.ts';
import type { Condition } from '../protocol/condition.ts';
import type { Picture } from './drawing.ts';
import { kept, keptParts } from './kept.ts';

/** What is known of an episode, apart from its numbers. */
export interface EpisodeInfo {
  /** The page's own number of it: every engine counts its episodes from 1 again. */
  readonly id: number;
  readonly kind: EpisodeUpdate['kind'];
  readonly layout: FrameLayout;
  /** The settings it is settled with, as of its newest frame (`conditionAt` has those of each frame). */
  readonly config: EpisodeUpdate['config'];
  /** Version of the synapses it is settled with. */
  readonly weightsVersion: number;
  /** The last step the episode will have: T, or more where it goes on. Of no meaning for a live one. */
  readonly steps: number;
  readonly masked: boolean;
  /** What becomes of hidden pixels. */
  readonly how: EpisodeUpdate['how'];
  /** The imagining whose start it began from; null: its states began at zero. */
  readonly imagining: EpisodeUpdate['imagining'];
  /** Whether it goes on without end while the drawing changes. */
  readonly live: boolean;
  /** Live, and waiting: its states have settled, or the same picture was looked at for long. */
  readonly resting: boolean;
}

/** The frames of one episode, with the step, the condition and the picture of each. Steps rise from frame to frame. */
export interface Recording {
  readonly info: EpisodeInfo;
  /** The engine's number of it. */
  readonly number: number;
  readonly frames: readonly Float32Array[];
  readonly steps: readonly number[];
  /** The same object from frame to frame as long as nothing changes. */
  readonly conditions: readonly Condition[];
  /** What was seen; null in episodes of training. */
  readonly pictures: readonly (Picture | null)[];
}

/** An empty recording of the episode that an update is of; `like` lends its layout, so that painters keep their geometry. */
export function newRecording(
  update: EpisodeUpdate,
  id: number,
  like: FrameLayout | undefined,
): Recording {
  const same = like !== undefined && String(like.sizes) === String(update.sizes);
  const layout = same ? like : frameLayout(update.sizes);
  const info = infoOf(update, id, layout);
  return { info, number: update.id, frames: [], steps: [], conditions: [], pictures: [] };
}

function infoOf(update: EpisodeUpdate, id: number, layout: FrameLayout): EpisodeInfo {
  const { kind, config, weightsVersion, steps, masked, how, imagining, live, resting } = update;
  return { id, kind, layout, config, weightsVersion, steps, masked, how, imagining, live, resting };
}

/**
 * A recording with the frames of an update: each takes the place of those held of its step or later ones, and what is
 * older than the update's first step is forgotten.
 *
 * @param seen the picture of an input's number
 * @returns the same recording where the update says nothing; also how many frames were forgotten at the front
 */
export function extended(
  recording: Recording,
  update: EpisodeUpdate,
  seen: (input: number) => Picture | null,
): { recording: Recording; forgotten: number } {
  const { layout, id, kind } = recording.info;
  const info = keptParts(recording.info, infoOf(update, id, layout));
  const { stepOf, firstStep } = update;
  const first = stepOf[0] ?? Infinity;
  const from = recording.steps.findIndex((step) => step >= firstStep);
  const forgotten = from < 0 ? recording.steps.length : from;
  if (stepOf.length === 0 && forgotten === 0 && info === recording.info)
    return { recording, forgotten };
  const to = recording.steps.findIndex((step) => step >= first);
  const end = to < 0 ? recording.steps.length : to;
  const fresh = stepOf.map((_, i) =>
    update.frames.subarray(i * layout.stride, (i + 1) * layout.stride),
  );
  const pictures = update.inputs.map((input) => (kind === 'input' ? seen(input) : null));
  return {
    forgotten,
    recording: {
      info,
      number: recording.number,
      frames: [...recording.frames.slice(forgotten, end), ...fresh],
      steps: [...recording.steps.slice(forgotten, end), ...stepOf],
      conditions: [
        ...recording.conditions.slice(forgotten, end),
        ...shared(update.conditions, recording.conditions.at(-1)),
      ],
      pictures: [...recording.pictures.slice(forgotten, end), ...pictures],
    },
  };
}

/** Conditions, one object for those that say the same: every message brings copies of its own. */
function shared(conditions: readonly Condition[], before: Condition | undefined): Condition[] {
  let last = before;
  let copied: Condition | undefined;
  return conditions.map((condition) => {
    if (condition !== copied) last = last === undefined ? condition : kept(last, condition);
    copied = condition;
    return last ?? condition;
  });
}

/** Whether it has made the last step it was to make. One that is live has none. */
export function hasEnded({ steps, info }: Recording): boolean {
  const last = steps.at(-1);
  return !info.live && last !== undefined && last >= info.steps;
}

/** How far the step after its newest frame moves the states, as a share of their length; null while it has no frame. */
export function movementOf({ frames, info }: Recording): number | null {
  const last = frames.at(-1);
  return last === undefined ? null : last[info.layout.movement.offset]!;
}

/** Whether one may want to go back to it: a drawing that settled at least T steps, even if it was to go on from there. */
export function isWorthKeeping({ steps, info }: Recording): boolean {
  const last = steps.at(-1);
  return info.kind === 'input' && last !== undefined && last >= info.config.steps;
}

/** An earlier episode of the drawing that one can go back to. */
export interface PastEpisode {
  readonly id: number;
  readonly label: string;
  /** What the input was in its last frame [J0], hidden pixels imagined. */
  readonly thumbnail: Float32Array;
  /** 1 = seen; null: nothing was hidden. */
  readonly mask: Uint8Array | null;
}

export function pastEpisode({ info, pictures, frames }: Recording): PastEpisode {
  const last = frames.at(-1) ?? new Float32Array(info.layout.stride);
  const seen = pictures.at(-1);
  return {
    id: info.id,
    label: seen?.origin ?? '',
    mask: seen?.mask ?? null,
    thumbnail: readSection(last, info.layout, 0, info.layout.input),
  };
}
