import { plainText } from '../../parts/formulaParts.ts';

/* The words of the curves of training. */

export const curves = {
  none: 'The curves begin with training: press “Start training”.',
  goTrain: 'The curves are those of training: switch to Train, and press “Start training”.',
  changed: (setting: string, value: string) => `${setting} ${value}`,
  bce: 'Reconstruction error, BCE in `nats`',
  train: 'training',
  validation: 'validation',
  sparsity: 'Share of active neurons in the batch, `ρ`',
  discrepancy: 'Total discrepancy in `nats`',
  heldOut: 'held-out pictures',
  mmse: 'Completion error, M-MSE',
  weightChanges: 'Size of the weight changes, `‖Δθ‖` of each matrix',
  log: 'Log scale',
  whole: 'Whole run',
  zoom: 'Drag across a curve to look closer; + and − do so around the middle, 0 shows the whole run.',
  images: 'images seen',
  at: (n: number) => `at ${n} images`,
  latest: 'latest',
  canvas: (title: string) => `Curve of ${plainText(title)}`,
} as const;
