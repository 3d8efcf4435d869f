import type { Exhibit } from '../exhibit.ts';

/** What a layer does at a stage: it is predicted, its error is found, or its states move. */
export type Work = 'predict' | 'error' | 'move';

/** A layer's row in a timetable. */
export interface LayerTimes {
  readonly works: readonly { readonly stage: number; readonly kind: Work }[];
  /** After which stages W_l may change. */
  readonly changes: readonly number[];
  /** Before them W_l must stay as it is from its first use on, or others compute with the wrong one; false: it need not. */
  readonly isLocked: boolean;
  /** After which stage the layer knows of the error at the output; null: it never hears of it. */
  readonly hears: number | null;
}

/** A rule of learning as a timetable: what may happen when, if all that waits for nothing else happens at once. */
export interface Timetable {
  readonly rule: 'backprop' | 'settling' | 'exact';
  /** Stages from 1 to the one after which the last synapse has changed. */
  readonly stages: number;
  /** Layers 1 … L, the first at 0. */
  readonly layers: readonly LayerTimes[];
}

export interface WaitingShown {
  readonly layers: number;
  readonly steps: number;
  /** The stage the clock stands at; 0 before the first. */
  readonly stage: number;
  readonly timetables: readonly Timetable[];
}

export const waiting: Exhibit<'waiting'> = {
  id: 'waiting',
  title: 'Who waits for whom',
  room: 'backprop',
  question: 'When may a synapse change?',
  sees: 'A timetable of one update. Each row is a layer, each column a stage that must wait for the one before. Olive marks where synapses may change.',
  controls: [
    { kind: 'range', key: 'layers', title: 'Layers L', hint: 'How many layers of synapses there are.', min: 2, max: 12, step: 1, usual: 5, restarts: true },
    { kind: 'range', key: 'steps', title: 'Settling steps T', hint: 'How long predictive coding settles.', min: 1, max: 24, step: 1, usual: 8, restarts: true },
    { kind: 'toggle', key: 'every', title: 'Learn at every step', hint: 'Incremental predictive coding: synapses change while the states still settle.', usual: false, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'BP: 2L stages', name: 'backpropagation: L forward, L back: one layer works, the others wait', lights: 'backprop' },
    { text: ' · ' },
    { text: 'PC: 2T stages', name: 'predictive coding, once started: T times errors, then states; all layers at once', lights: 'settling' },
    { text: ' · ' },
    { text: 'Z-IL: W_l at t = L − l', name: 'each layer as the error arrives', lights: 'exact' },
  ], // prettier-ignore
  source: 'Counted from what depends on what; Casnici et al. 2025, Eqs. 34–39, 46–47',
  trials: [
    { title: 'A deep network', watch: 'In backpropagation a layer works in 2 of 24 stages and waits in 22.', values: { layers: 12, steps: 12, every: false } },
    { title: 'Learn at every step', watch: 'Synapses change at every step, and nobody waits for the end of a phase.', values: { layers: 5, steps: 8, every: true } },
    { title: 'Settle too shortly', watch: 'With fewer steps than layers the first layers never hear of the error: there is nothing to learn from.', values: { layers: 8, steps: 4, every: false } },
  ], // prettier-ignore
  claims: [
    { says: 'Backpropagation locks: layers wait for the error to come back through the whole network before their synapses change.', by: 'The overview of neural generative coding; the essay', claimed: '2L stages', measured: null, command: null },
    { says: 'Every layer changes by what is local to it, without phases that must be coordinated.', by: 'The essay', claimed: 'no waiting', measured: null, command: null },
  ], // prettier-ignore
  limits: [
    'Working at once is not knowing at once: after a forward start the error of layer l is exactly 0 until step L − l.',
    'The forward start itself takes L stages, one layer after the other, as in backpropagation.',
    'Waiting ends for good only where synapses change at every step; else they wait for the end of settling, all together.',
  ],
  metric: { name: 'Stages, predictive coding ÷ backpropagation', unit: '×', digits: 2 },
  pace: { perSecond: 2, step: 'stage' },
  miniature: { layers: 4, steps: 4 },
};
