/* The words of the timeline. */

export const timeline = {
  name: 'Settling timeline',
  heading: 'Error energy ‖e‖² while settling',
  none: 'The steps of the next settling episode will stand here.',
  step: (step: number, of: number) => `step ${step} of ${of}`,
  single: 'At full speed training shows only the last step of each batch; slow down to see all.',
  pixels: 'pixels',
  layer: (l: number) => `layer ${l}`,
  liveStep: (step: number) => `step ${step}, live`,
  discrepancy: 'ψ',
  scale: 'log scales',
} as const;

export const replay = {
  label: 'Play the recorded steps',
  backwards: 'Play backwards',
  forwards: 'Play forwards',
  loop: 'Loop',
  stop: 'Stop playing',
  past: 'Earlier episodes',
  latest: 'Latest',
  recall: (n: number, label: string) => `Episode ${n} back: ${label}`,
} as const;
