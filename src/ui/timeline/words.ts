/* The words of the timeline. */

export const timeline = {
  name: 'Settling timeline',
  label: 'Settling, step by step',
  picture: 'Settling timeline',
  /** Before the symbol of the energies. */
  energies: 'Error left',
  energiesTitle:
    'The squared length of the error neurons of each layer, all on one axis: logarithmic, and linear only next to 0.',
  axis: 'on one log axis',
  /** Before the symbol of ψ. */
  fit: '; fit',
  fitTitle:
    'Total discrepancy, in a strip of its own from the worst value of this episode to its best.',
  story: 'error left, layer by layer',
  none: 'Every settling step will stand here, to be gone back to.',
  pixels: 'pixels',
  layer: (l: number) => `layer ${l}`,
  discrepancy: 'ψ',
  better: 'higher is better',
  nats: 'nats',
  tick: (step: number, first: boolean) => (first ? `step ${step}` : String(step)),
} as const;

/** A step of an episode that ends after `of` steps, in short and in full; one that went on is beyond its end. */
export const stepWords = {
  live: (step: number) => `step ${step}, live`,
  short: (step: number, of: number) =>
    step <= of ? `step ${step} of ${of}` : `step ${step}, ${step - of} beyond ${of}`,
  single: (step: number) => `step ${step}, the only one kept at this speed`,
  singleFull: (step: number) =>
    `step ${step}: at this speed training keeps few steps; slow down to see all`,
  full: (step: number, of: number) =>
    step <= of
      ? `step ${step} of ${of}`
      : `step ${step}, ${step - of} beyond the ${of} of an episode`,
} as const;

export const changes = {
  group: 'What changed while it settled',
  cut: (what: string) => `${what} cut`,
  healed: (what: string) => `${what} healed`,
  silent: (what: string) => `${what} silent`,
  layer: (l: number) => `layer ${l}`,
  neuron: (i: number, l: number) => `neuron ${i} of layer ${l}`,
  neurons: (count: number) => `${count} neurons`,
  setting: (symbol: string, from: string, to: string) => `${symbol} ${from} → ${to}`,
  picture: 'other picture',
  back: 'changed and back',
  label: (step: number, what: string) => `${step} ${what}`,
  at: (step: number, what: string) => `Step ${step}: ${what}`,
  from: (step: number, last: number, what: string) => `Steps ${step} to ${last}: ${what}`,
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
