import type { FrameLayout, Section } from '../protocol/frame.ts';
import { createRunningLimit, hasNegative, largest } from './scales.ts';

/** Where frames come from, as far as scales need it. */
export interface FrameSource {
  readonly info: { readonly id: number; readonly layout: FrameLayout } | null;
  readonly count: number;
  read(section: Section, index: number): Float32Array | null;
}

/** The scales of all heatmaps of an episode, kept up with its frames. */
export interface FrameScales {
  /** Looks at the frames that came since the last time. */
  update(source: FrameSource): void;
  /** Limit of the states and predictions of layer l ≥ 1. */
  activity(layer: number): number;
  /** Limit of the error neurons of layer l. */
  error(layer: number): number;
  /** Whether layer l's activity or prediction can be negative (tanh, identity): then its colours are signed. */
  signed(layer: number): boolean;
}

export function createFrameScales(): FrameScales {
  let episode: number | null = null;
  let layout: FrameLayout | null = null;
  let seen = 0;
  let activity: ReturnType<typeof createRunningLimit>[] = [];
  let error: ReturnType<typeof createRunningLimit>[] = [];
  let signed: boolean[] = [];

  return {
    update(source) {
      const { info } = source;
      if (info === null) return;
      if (layout !== info.layout) {
        layout = info.layout;
        activity = layout.sizes.map(createRunningLimit);
        error = layout.sizes.map(createRunningLimit);
        signed = layout.sizes.map(() => false);
        episode = null;
      }
      if (episode !== info.id) {
        episode = info.id;
        seen = 0;
      }
      for (; seen < source.count; seen++) {
        const frame = seen;
        const read = (section: Section | undefined) =>
          (section && source.read(section, frame)) ?? new Float32Array(0);
        for (let l = 0; l < layout.sizes.length; l++) {
          const errors = read(layout.errors[l]);
          error[l]!.update(info.id, largest(errors));
          if (l === 0) continue;
          const states = read(layout.states[l - 1]);
          const predictions = read(layout.predictions[l]);
          activity[l]!.update(info.id, Math.max(largest(states), largest(predictions)));
          signed[l] ||= hasNegative(states) || hasNegative(predictions);
        }
      }
    },
    activity: (layer) => activity[layer]?.value ?? 0,
    error: (layer) => error[layer]?.value ?? 0,
    signed: (layer) => signed[layer] ?? false,
  };
}
