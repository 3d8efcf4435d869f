import { grouped } from '../../shared/grouped.ts';
import type { Verdict } from '../../store/surprise.ts';
import { percent } from '../parts/format.ts';

/* The words that say how the run stands: in a line, in numbers, in samples, in timings. */

export const statusLine = {
  label: 'Now',
  status: 'Run status',
} as const;

export const now = {
  starting: ['Starting', 'The engine is starting.'],
  loading: ['Loading', 'Getting the network and the pictures ready.'],
  loadingData: ['Loading', 'Getting the pictures ready that it learns from and is tried on.'],
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
    'A hidden pixel is whatever the network predicts for it. Only what is seen can tell it that it is wrong.',
  ],
  completingEq19: [
    'The hidden part is being imagined',
    'Hidden pixels begin white and move towards the prediction; what is seen stays as it is (Eq. 19).',
  ],
  settled: ['Settled', 'The states no longer move. Drag the timeline to look at any step.'],
  stopped: [
    'As far as it got',
    'Every neuron heard only its neighbours. Drag the timeline to see how it got here.',
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
  sampleReady: ['The network dreams', 'Draw samples to see what it believes images look like.'],
  sampled: [
    'The network dreams',
    'This is what it believes images look like. Draw again to see others.',
  ],
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
  pausedAt: (step: number, of: number) => `Paused at step ${step} of ${of}.`,
  empty: 'The canvas is empty: draw something or take an example.',
  trained: (images: number) => `Training is paused after ${images} images.`,
  trainReady: 'No image seen yet.',
  samplesDrawn: (count: number) => `${count} samples drawn.`,
  sampleReady: 'Ready to draw samples.',
  idle: 'Ready.',
} as const;

/** How an episode ended: said by what was measured, not by how many steps it was given. */
export const still = {
  settled: (steps: number) => `Settled after ${steps} steps.`,
  stopped: (steps: number, movement: number) =>
    `Stopped after ${steps} steps, still moving by ${percent(movement)} a step.`,
} as const;

/** While something of the past is on show. */
export const past = {
  episode: [
    'An earlier picture',
    'What stands here is as it was then. Press “now” over the timeline to come back.',
  ] as const,
  /** `last`: null while more steps are being made. */
  step: (step: number, last: number | null) =>
    [
      last === null ? `Step ${step}` : `Step ${step} of ${last}`,
      'What stands here is as it was at that step. Drag the timeline, or press → to go on.',
    ] as const,
} as const;

export const live = {
  now: [
    'Watching live',
    'States carry on while you draw: the error flares up, and is explained away.',
  ] as const,
  status: 'Watching the canvas live.',
  paused: 'Paused: it does not watch.',
  resting: 'At rest: nothing moves until you draw.',
} as const;

export const training = {
  heading: 'Training',
  progress: 'Epoch progress',
  epoch: 'epochs done',
  images: 'images seen',
  rate: 'images / s',
  bce: 'training BCE',
  validationBce: 'validation BCE',
  /** After how many steps a batch is learnt from, where anything else is looked at after another number of them. */
  learntFrom: ({ steps, learnSteps }: { steps: number; learnSteps: number }) =>
    learnSteps === 0 || learnSteps === steps
      ? ''
      : `after ${learnSteps} settling steps; all else is read after ${steps}`,
  testedAt: (at: number, images: number) =>
    `at ${grouped(at)} images, on ${images} held out of training`,
  nats: '`nats`',
  notStarted: 'Not started',
  autosave: 'Autosave',
  kept: (images: number) => `Kept in this browser, at ${grouped(images)} images.`,
  keptBriefly: 'This browser keeps nothing for this page: export what you need (Runs).',
  notKept: (why: string) => `Not kept: ${why}`,
  left: (time: string) => `${time} left`,
  end: {
    heading: 'Ends by itself',
    never: 'never: you pause it',
    when: (conditions: readonly string[]) => conditions.join(', or '),
    about:
      'Whatever comes first ends it; counted from when training starts. Started again, it counts anew.',
    conditions: {
      epochs: 'after epochs',
      minutes: 'after minutes',
      bce: 'at validation BCE, nats',
      patience: 'after measurements that are no better',
    },
    said: {
      epochs: (n: number) => `after ${n === 1 ? '1 epoch' : `${n} epochs`}`,
      minutes: (n: number) => `after ${n} min`,
      bce: (n: number) => `at a BCE of ${n}`,
      patience: (n: number) =>
        `when ${n === 1 ? 'a measurement is' : `${n} measurements are`} no better`,
    },
    left: (time: string) => `Ends in about ${time}.`,
    noBetter: (n: number) => `Measurements no better so far: ${n}.`,
  },
  about:
    'No backpropagation: each synapse changes by the activity of its own neuron times the error of the neuron it reaches.',
  equation: 'ΔW = φ(z)ᵀ · e',
} as const;

export const metrics = {
  label: 'Numbers',
  discrepancy: 'total discrepancy',
  heldOut: '`nats`, held-out pictures',
  heldOutAt: (at: number) => `\`nats\`, held-out, at ${grouped(at)} images`,
  updates: 'weight updates',
  hiddenError: 'squared error, hidden',
  blankGuess: (ink: number) => `blank guess ${ink}`,
  nothingThere: 'no ink is hidden',
  nothingHidden: 'nothing hidden',
} as const;

/** Where a picture stands among held-out ones: what they are, and how many were looked at. */
const verdicts: Record<Verdict, (nouns: string, images: number) => string> = {
  emptier: (nouns) => `emptier than ${nouns} are`,
  plainer: (nouns) => `plainer than most ${nouns}`,
  usual: (nouns) => `as usual as ${nouns} are`,
  unusual: (nouns) => `less usual than most ${nouns}`,
  unlike: (nouns, images) => `less usual than any of ${images} ${nouns}`,
  broken: () => 'not a finite number',
};

/** What the pictures of a dataset are called, by its title. */
const nouns: readonly (readonly [title: RegExp, nouns: string])[] = [
  [/fashion/i, 'clothes'],
  [/kuzushiji|kmnist/i, 'characters'],
  [/mnist|digits/i, 'digits'],
  [/silhouettes/i, 'silhouettes'],
];

export const gauge = {
  name: 'Surprise gauge',
  surprise: 'surprise',
  atSeen: 'surprise at what it sees',
  atHeldOut: 'surprise at held-out images',
  heading: 'discrepancy `ψ`',
  measure: 'Measure what is usual',
  measuring: 'measuring what is usual …',
  imagined: 'An imagining begins elsewhere than held-out images do: it is not held against them.',
  noData: 'What is usual can be measured once there are data.',
  verdicts,
  nouns: (title: string) => nouns.find(([known]) => known.test(title))?.[1] ?? 'images',
  middle: 'half',
  most: '90 %',
  of: (images: number, nouns: string) => `of ${grouped(images)} held-out ${nouns}`,
  sameWay: (images: number, dataset: string) =>
    `${grouped(images)} held-out images of ${dataset}, with the same pixels hidden, settled the same way for as many steps.`,
  blank: 'empty page',
  seen: 'of what is seen',
  value: (nats: string, word: string) => `${nats} nats: ${word}`,
  unit: '`nats`',
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
