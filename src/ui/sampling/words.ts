import type { Covariance } from '../../protocol/latents.ts';
import { grouped } from '../../shared/grouped.ts';
import type { SampleView } from '../../store/slices/latents.ts';

/* The words around what a network dreams: samples, the prior they come from, walks, neurons driven by hand. */

export const sampling = {
  heading: 'Sampling',
  views: 'What to look at',
  view: { samples: 'Samples', walk: 'Walk', hand: 'By hand' } satisfies Record<SampleView, string>,
  about: {
    samples:
      'A top-layer state is drawn from the prior; predictions then run straight down to the pixels. No picture goes in.',
    walk: 'The top layer’s code of one picture turns into that of another, in a straight line; every point of it is sent down to the pixels.',
    hand: 'Drive the top layer’s strongest neurons yourself; what they are set to is sent down to the pixels.',
  } satisfies Record<SampleView, string>,
  count: 'How many',
  empty: 'No samples yet.\nPress “Draw samples”.',
  canvas: 'Samples drawn by the network',
  keys: 'Arrow keys and Enter choose one.',
  use: 'Click a sample to see the training image nearest to it.',
  untrained: 'This network has learnt nothing yet: its samples are noise. Train it first.',
  since: 'The synapses have changed since these were drawn.',
} as const;

export const temperature = {
  label: 'Temperature',
  one: '1: the prior as it is',
  frozen: '0: only the means of its Gaussians',
  other: (value: string) => `standard deviations × ${value}`,
} as const;

export const prior = {
  heading: 'Prior',
  covariance: 'Covariances',
  usual: 'As usual',
  came: 'As it came',
  byItself: 'Quick',
  forms: { diagonal: 'Diagonal', factor: 'Low-rank', full: 'Full' } satisfies Record<
    Covariance,
    string
  >,
  components: 'Gaussians',
  what: {
    diagonal: 'Neurons vary independently of each other.',
    factor: 'Neurons vary together in a few ways, and each by itself. Takes a while to fit.',
    full: 'Neurons vary together in any way. Takes a while to fit.',
  } satisfies Record<Covariance, string>,
} as const;

export const components = {
  strip: 'Gaussians of the prior: the picture of each mean, and its weight',
  all: 'All',
  allTitle: 'Draw from all Gaussians, each as often as its weight says',
  one: (place: number, weight: string) =>
    `Gaussian ${place}, weight ${weight}: draw only from this one`,
  from: (place: number, weight: string) =>
    `Only from Gaussian ${place}, which has ${weight} of the weight.`,
} as const;

export const nearest = {
  label: 'The sample and its nearest training image',
  sample: 'sample, black or white',
  image: (name: string | null) => (name === null ? 'nearest image' : `nearest: “${name}”`),
  next: (name: string | null) => (name === null ? 'nearest to that' : `nearest to that: “${name}”`),
  looking: (images: number) => `Looking through ${grouped(images)} training images …`,
  title: 'Is it memorised?',
  differs: (images: number, differing: number) =>
    `Of ${grouped(images)} training images the nearest differs in ${differing} of 784 pixels.`,
  scale: (differing: number, verdict: string) =>
    `That image differs from its own nearest in ${differing}: ${verdict}`,
  copy: 'the sample is the training image itself.',
  nearer: 'the sample is nearer to it than any other training image is.',
  farther: 'another training image is as near to it, or nearer, than the sample is.',
  complete: 'Put on the canvas',
  drive: 'Drive by hand',
  close: 'Close',
} as const;

export const walk = {
  from: 'From',
  to: 'To',
  drawing: 'My drawing',
  test: 'A test image',
  none: 'Choose a picture.',
  slider: 'Place on the walk',
  at: (share: string) => `${share} of the way`,
  ends: 'At both ends stands what the top layer alone makes of the picture, not the picture itself.',
  strip: 'Pictures on the way',
  since: 'The synapses have changed since.',
  again: 'Walk again',
} as const;

export const hand = {
  begin: 'Begin with',
  drawing: 'My drawing',
  test: 'A test image',
  reset: 'Reset',
  picture: 'What the top layer says',
  before: (origin: string) => `as it was: ${origin}`,
  neuron: (index: number) => `Neuron ${index}`,
  strongest: (neurons: number, all: number, layer: number) =>
    `The ${neurons} most active of ${all} neurons of layer ${layer}; the others stay as they are.`,
  since: 'The synapses have changed since: begin again.',
} as const;
