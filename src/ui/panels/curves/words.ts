import { plainText } from '../../parts/formulaParts.ts';

/* The words of the curves of training. */

export const curves = {
  none: 'The curves begin with training: press “Start training”.',
  goTrain: 'The curves are those of training: switch to Train, and press “Start training”.',
  changed: (setting: string, value: string) => `${setting} ${value}`,
  bce: 'Reconstruction error, BCE (`nats`)',
  train: 'training',
  validation: 'validation',
  sparsity: 'Share of active neurons in the batch, `ρ`',
  discrepancy: 'Total discrepancy (`nats`)',
  heldOut: 'held-out pictures',
  images: 'images seen',
  at: (n: number) => `at ${n} images`,
  latest: 'latest',
  canvas: (title: string) => `Curve of ${plainText(title)}`,
} as const;
