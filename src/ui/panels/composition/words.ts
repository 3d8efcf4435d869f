/* The words of the picture as a sum of features. */

export const composition = {
  picture: 'The picture as a sum of fields',
  about:
    'The picture is a sum of fields, each as strong as its neuron is active. Grey: nothing said yet.',
  none: 'Then the strongest features of the picture stand here.',
  waiting: 'The synapses are on their way …',
  silent: 'No neuron of layer 1 is active at this step: move on along the timeline.',
  features: 'Features',
  grow: 'Grow',
  stop: 'Stop',
  shown: 'Added up',
  stage: (n: number) => (n === 1 ? 'the strongest' : `the ${n} strongest`),
  all: 'all of z₁',
  far: 'all, with M₂',
  partial: 'so far',
  whole: 'output `μ_0`',
  input: 'input `x`',
  grid: 'The strongest features of layer 1',
  gridHint:
    'Sorted by how much each draws; below, its activity `φ(z_1)`. Click one to see who switches it on.',
  paths: (index: number) => `Who switches neuron ${index} on`,
  pathsOff: (index: number) => `Neuron ${index} of layer 1 is not active at this step.`,
  pathsNone: 'No neuron above it is active at this step.',
  pathsName: 'Paths from layers 3 and 2 that switch the selected feature on',
  on: 'switches on',
  off: 'switches off',
  pathsFoot: 'Width: activity × synapse. Click a field to pin its neuron.',
} as const;
