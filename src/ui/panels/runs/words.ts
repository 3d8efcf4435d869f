import type { ComparedCurve } from '../../../protocol/runs.ts';
import { grouped } from '../../../shared/grouped.ts';

export const runs = {
  label: 'Runs',
  import: 'Import',
  exportCurves: 'Export curves',
  importHint: 'A model or run file (.safetensors)',
  none: 'Nothing has been trained here yet. What you train is kept in this browser while it runs: come back to it here.',
  loading: 'Looking …',
  lost: 'This browser keeps nothing for this page: runs last until it is closed. Export what you need.',
  storage: (used: string, quota: string) =>
    `${used} stored of the ${quota} that this browser allows.`,
  compare: 'Compare',
  compareHint: 'Two or more runs on the same axes: tick them first',
  choose: (name: string) => `Compare ${name}`,
  goOn: 'Go on',
  goOnWith: (name: string) => `Go on with ${name}`,
  open: 'open',
  training: 'learning now',
  cutOff: 'cut off',
  rename: 'Rename',
  name: 'Name of the run',
  duplicate: 'Duplicate',
  export: 'Export run',
  remove: 'Delete',
  images: (count: number) => `${grouped(count)} images`,
  validation: (bce: string) => `validation BCE ${bce}`,
  trainBce: (bce: string) => `training BCE ${bce}`,
  seed: (seed: number) => `seed ${seed}`,
  learnt: (time: string) => `${time} of learning`,
  kept: (when: string) => `kept ${when}`,
} as const;

export const comparison = {
  label: 'Comparison',
  curve: 'What is compared',
  curves: {
    validationBce: 'validation BCE (nats)',
    trainBce: 'training BCE (nats)',
    discrepancy: 'total discrepancy (nats)',
    mmse: 'completion error, M-MSE',
    weightChange: 'size of weight changes',
  } satisfies Record<ComparedCurve, string>,
  picture: (curve: string) => `Runs compared, ${curve}`,
  log: 'log scale',
  close: 'Close',
  differences: 'What differs',
  same: 'They differ in nothing that was set.',
} as const;
