import type { Surprise } from '../../viz/gauge.ts';

/* The words that say how the run stands: in a line, in numbers, in samples, in timings. */

export const statusLine = {
  label: 'Now',
  status: 'Run status',
} as const;

export const now = {
  starting: ['Starting', 'The engine is starting.'],
  loading: ['Loading', 'Getting the network and the pictures ready.'],
  empty: [
    'The canvas is empty',
    'An empty canvas predicts nothing: draw something or take an example.',
  ],
  settling: [
    'Errors travel up, predictions travel down',
    'Every state neuron hears only the error neurons next to it, and corrects itself a little each step.',
  ],
  completing: [
    'The hidden part is being imagined',
    'Hidden pixels move towards the prediction; what is seen stays as it is (Eq. 19).',
  ],
  settled: [
    'Settled',
    'Prediction and belief agree as far as they can. Drag the timeline to look at any step.',
  ],
  untrained: [
    'This network has learnt nothing yet',
    'Its predictions are noise. Switch to Train and watch it learn, or choose a pretrained network.',
  ],
  paused: ['Paused', 'Use the arrow keys or the timeline to look at single steps.'],
  training: [
    'Synapses learn',
    'After each batch settles, every synapse changes by its neuron’s activity times the error it reaches: ΔW = φ(z)ᵀ·e.',
  ],
  trainReady: [
    'Ready to learn',
    'Press “Start training”: images come in batches, settle, and leave a trace in the synapses.',
  ],
  sampling: ['Drawing samples', 'Only predictions run: from the prior down to the pixels.'],
  sampleReady: ['The network dreams', 'Draw samples to see what it believes digits look like.'],
  failed: ['The engine has stopped', 'Restart it to go on.'],
} as const;

export const status = {
  starting: 'The engine is starting.',
  failed: 'The engine has stopped.',
  settlingInput: 'Settling on your digit.',
  benchmark: 'Timing the backends.',
  settlingTraining: 'Settling.',
  training: 'Training.',
  sampling: 'Drawing samples.',
  loading: 'Loading.',
  settled: (steps: number) => `Settled after ${steps} steps.`,
  pausedAt: (step: number, of: number) => `Paused at step ${step} of ${of}.`,
  empty: 'The canvas is empty: draw something or take an example.',
  trained: (images: number) => `Training is paused after ${images} images.`,
  trainReady: 'Ready to train.',
  samplesDrawn: (count: number) => `${count} samples drawn.`,
  sampleReady: 'Ready to draw samples.',
  idle: 'Ready.',
} as const;

export const live = {
  now: [
    'Watching live',
    'States carry on while you draw: the error flares up, and is explained away.',
  ] as const,
  status: 'Watching the canvas live.',
  resting: 'At rest: nothing moves until you draw.',
} as const;

export const training = {
  heading: 'Training',
  progress: 'Epoch progress',
  epoch: 'epochs done',
  images: 'images seen',
  rate: 'images / s',
  bce: 'training BCE',
  testBce: 'test BCE',
  nats: 'nats',
  notStarted: 'Not started',
  left: (time: string) => `${time} left`,
  about:
    'No backpropagation: each synapse changes by the activity of its own neuron times the error of the neuron it reaches.',
  equation: 'ΔW = φ(z)ᵀ · e',
} as const;

export const metrics = {
  label: 'Numbers',
  discrepancy: 'total discrepancy',
  heldOut: 'nats, held-out pictures',
  updates: 'weight updates',
  hiddenError: 'error, hidden part',
  squared: 'squared',
  nothingHidden: 'nothing hidden',
} as const;

const surprise: Record<Surprise | 'blank', string> = {
  easier: 'easier than most digits',
  typical: 'typical digit',
  unusual: 'unusual',
  nothing: 'nothing like a digit',
  broken: 'not a finite number',
  blank: 'an empty page',
};

export const gauge = {
  name: 'Surprise gauge',
  heading: 'total discrepancy',
  measure: 'Measure what is usual',
  measuring: 'measuring what is usual …',
  words: surprise,
  middle: 'middle half',
  most: '90 %',
  of: (source: string) => `of ${source}`,
  blank: 'empty page',
  hidden: 'part hidden',
  value: (psi: string, word: string) => `${psi} nats: ${word}`,
  unit: 'nats',
} as const;

export const sampling = {
  heading: 'Sampling',
  count: 'How many',
  about:
    'A top-layer state is drawn from the prior; predictions then run straight down to the pixels. No picture goes in.',
  empty: 'No samples yet.\nPress “Draw samples”.',
  canvas: 'Samples drawn by the network',
  use: 'Click a sample to put it on the drawing canvas.',
  prior: 'Prior',
  untrained: 'This network has learnt nothing yet: its samples are noise. Train it first.',
} as const;

export const bench = {
  heading: 'Benchmark',
  close: 'Close',
  run: 'Run the benchmark',
  cancel: 'Cancel',
  copy: 'Copy as JSON',
  progress: 'Benchmark progress',
  table: 'Benchmark results',
  tooSlow: 'too slow',
  intro:
    'Times one settling step and one training batch (50 steps and the weight update) of GNCN-PDH, 784–360–360–360, in every way this browser can compute it. It takes one to three minutes, and what runs is paused. Nothing leaves this machine.',
  columns: [
    'images',
    'way',
    'ms a step',
    'GFLOP/s',
    'of ceiling',
    'ms a batch',
    'images/s',
    'script ms',
  ],
  explanation:
    'Medians, with the least and the most. The ceiling is what the matrix products of a step take by themselves. ≈: composed of 50 steps and one update; others were timed whole.',
} as const;
