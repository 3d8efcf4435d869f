import { grouped } from '../../../../shared/grouped.ts';
import { subscript } from '../../../parts/format.ts';

export const beside = {
  heading: 'The same digit, side by side',
  open: 'Side by side',
  openHint: 'These runs settling on the same digit, step by step',
  close: 'Close',
  digit: 'The digit that all of them see',
  occlusion: 'Hidden',
  mine: 'My drawing',
  mineHint: 'The drawing of the page again',
  again: 'Settle again',
  againHint: 'On the newest of what each run has learnt',
  play: 'Play',
  pause: 'Pause',
  back: 'One step back',
  forward: 'One step forward',
  timeline: 'Step of all runs',
  step: (step: number, last: number) => `step ${step} of ${last}`,
  sameScale: 'one scale for all',
  sameScaleHint:
    'A colour means the same activity in every column; else each column has its own scale',
  stop: 'Stop',
  stopped: 'Stopped before it had settled.',
  progress: 'Runs that have settled',
  settledOf: (count: number, of: number) => `${count} of ${of} settled`,
  fetching: 'Fetching a digit …',
  settling: 'Settling …',
  waiting: 'Waits its turn …',
  noPicture: 'No digit could be had: draw one, or choose a dataset.',
  first: (shown: number, of: number) =>
    `The first ${shown} of the ${of} runs: more are too many to look at together.`,
  images: (count: number) => `after ${grouped(count)} images`,
  ended: (step: number) => `at its last step, ${step}`,
  allTheSame: 'They differ in nothing that was set.',
  /** "Lateral pattern: none". */
  has: (what: string, value: string) => `${what[0]!.toUpperCase()}${what.slice(1)}: ${value}`,
  layer: (layer: number) => `z${subscript(layer)}`,
  active: (percent: string) => `${percent} active`,
  states: (name: string, layer: number, step: number) =>
    `State neurons of layer ${layer} of ${name} at step ${step}`,
  completion: 'imagined where hidden',
  reconstruction: 'predicted picture',
  picture: (name: string, step: number) => `Picture of ${name} at step ${step}`,
  seenBce: 'BCE of what is seen',
  hiddenBce: 'BCE of what is hidden',
  bce: 'BCE of the picture',
  discrepancy: 'total discrepancy ψ',
  nats: 'nats',
  about:
    'BCE: lower is better. Total discrepancy ψ: higher is better. One digit is no measurement: the curves are.',
  keys: 'Space plays, ← → step, Esc closes.',
} as const;
