import type { FrameLayout, Section } from '../protocol/frame.ts';
import type { RunningLimits } from './scales.ts';
import { createRunningLimits, hasNegative, largest } from './scales.ts';

/** Where frames come from, as far as scales need it. */
export interface FrameSource {
  readonly info: { readonly id: number; readonly layout: FrameLayout } | null;
  readonly count: number;
  /** Index of the frame on show. */
  readonly shown: number;
  /** The settling step frame `index` belongs to. */
  stepAt(index: number): number;
  read(section: Section, index: number): Float32Array | null;
}

/** The scales of all heatmaps of an episode, kept up with its frames. */
export interface FrameScales {
  /** Looks at the frames that came since the last time. */
  update(source: FrameSource): void;
  /** Limit of the states and predictions of layer l ≥ 1 at the frame on show. */
  activity(layer: number): number;
  /** Limit of the error neurons of layer l. */
  error(layer: number): number;
  /** Whether layer l's activity or prediction can be negative (tanh, identity): then its colours are signed. */
  signed(layer: number): boolean;
}

export function createFrameScales(): FrameScales {
  let episode: number | null = null;
  let layout: FrameLayout | null = null;
  /** Where the limits kept come from: the step of each frame, and the numbers it held. */
  let steps: number[] = [];
  let held: (Float32Array | null)[] = [];
  let shown = -1;
  let activity: RunningLimits[] = [];
  let error: RunningLimits[] = [];
  let signed: boolean[] = [];

  return {
    update(source) {
      const { info } = source;
      if (info === null) return;
      shown = source.shown;
      if (layout !== info.layout) {
        layout = info.layout;
        activity = layout.sizes.map(createRunningLimits);
        error = layout.sizes.map(createRunningLimits);
        signed = layout.sizes.map(() => false);
        episode = null;
      }
      if (episode !== info.id) {
        episode = info.id;
        steps = [];
        held = [];
        for (const limits of [...activity, ...error]) limits.begin();
      }
      const mark = layout.input;
      const same = (was: number, is: number) => {
        const numbers = is < source.count ? source.read(mark, is) : null;
        const before = held[was];
        return (
          steps[was] === source.stepAt(is) &&
          numbers?.buffer === before?.buffer &&
          numbers?.byteOffset === before?.byteOffset
        );
      };
      // A live episode forgets its oldest frames, and a change between two steps replaces the newest.
      const forgotten = Math.max(0, steps.indexOf(source.stepAt(0)));
      let kept = Math.min(steps.length - forgotten, source.count);
      while (kept > 0 && !same(forgotten + kept - 1, kept - 1)) kept--;
      if (forgotten > 0 || kept < steps.length) {
        steps = steps.slice(forgotten, forgotten + kept);
        held = held.slice(forgotten, forgotten + kept);
        for (const limits of [...activity, ...error]) limits.keep(forgotten, kept);
      }
      for (let frame = steps.length; frame < source.count; frame++) {
        steps.push(source.stepAt(frame));
        held.push(source.read(mark, frame));
        const read = (section: Section | undefined) =>
          (section && source.read(section, frame)) ?? new Float32Array(0);
        for (let l = 0; l < layout.sizes.length; l++) {
          const errors = read(layout.errors[l]);
          error[l]!.add(largest(errors));
          if (l === 0) continue;
          const states = read(layout.states[l - 1]);
          const predictions = read(layout.predictions[l]);
          activity[l]!.add(Math.max(largest(states), largest(predictions)));
          signed[l] ||= hasNegative(states) || hasNegative(predictions);
        }
      }
    },
    activity: (layer) => activity[layer]?.at(shown) ?? 0,
    error: (layer) => error[layer]?.at(shown) ?? 0,
    signed: (layer) => signed[layer] ?? false,
  };
}
