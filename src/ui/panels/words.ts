/* The words that the panels on the right share. */

export const details = {
  label: 'Details',
  more: 'More below ↓',
  tabs: {
    imaginings: 'Imaginings',
    neuron: 'Neuron',
    composition: 'Composition',
    fields: 'Fields',
    latents: 'Latents',
    sparsity: 'Sparsity',
    curves: 'Curves',
    health: 'Health',
    runs: 'Runs',
  },
} as const;

/** At the right of the story. */
export const story = {
  imaginings: 'Imaginings',
  fields: 'What each neuron draws',
  neuron: 'The neuron you clicked',
} as const;

export const nothing = {
  blank: 'The canvas is empty: draw something, or press “Example digit”.',
  complete: 'Nothing has settled yet: press “Settle”.',
  train: 'Nothing has settled yet: press “Start training”, or “Settling step”.',
  sample: 'Nothing settles in Sample: switch to Complete or Train.',
  lab: 'Nothing settles in the Lab: switch to Complete or Train.',
  exhibits: 'The exhibits have networks of their own: switch to Complete or Train.',
} as const;

export const names = {
  pixel: (row: number, column: number) => `pixel ${row}, ${column}`,
  neuron: (index: number, layer: number) => `neuron ${index} of layer ${layer}`,
} as const;

export const since =
  'The synapses have changed since this step: what is shown of them here is of now, not of then.';
