/* The words of the atlas of fields. */

export const fields = {
  layer: 'Layer',
  order: 'Sort by',
  none: 'The fields appear once a network is loaded.',
  canvas: 'Receptive fields',
  orders: { index: 'position', activity: 'activity', change: 'change', group: 'group' },
  scale: 'Scale',
  scales: { unit: 'each its own', layer: 'this layer', all: 'all layers' },
  atlas: 'Receptive fields; arrow keys move the pin, Enter opens its neuron',
  picture: (layer: number) => `Receptive fields of layer ${layer}`,
  limits: (limit: string) => `weights from −${limit} to ${limit}`,
  unitLegend: 'each ± its largest weight',
  frames: 'frame: activity now',
  open: 'Open neuron',
  chosen: (index: number) => `Neuron ${index}`,
  values: (activity: string, change: string) => `${activity} · change ${change}`,
  hint: 'Click a field, or use the arrow keys, to pin its neuron.',
  about: 'What each neuron draws: blue takes ink away, orange adds it.',
  aboutHigher: 'What each draws through the layers below: blue takes ink away, orange adds it.',
  unchanged: 'Nothing has changed since these weights were loaded: they stand by position.',
} as const;
