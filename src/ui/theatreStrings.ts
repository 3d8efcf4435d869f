import type { Phase } from '../store/state.ts';
import type { Cut } from '../store/actions/meddling.ts';
import type { Surprise } from '../viz/gauge.ts';

interface PhaseWords {
  readonly name: string;
  readonly text: string;
}

const phases: Record<Phase, PhaseWords> = {
  predict: { name: 'Predict', text: 'Each layer says what the layer below should be.' },
  error: { name: 'Error', text: 'Error neurons hold what the prediction missed.' },
  correct: { name: 'Correct', text: 'Each state neuron moves so that its errors shrink.' },
  compete: { name: 'Compete', text: 'In each column, active neurons hold their neighbours down.' },
  learn: { name: 'Learn', text: 'Each synapse changes by activity times error.' },
};

const cuts: Record<Cut, { name: string; label: string; text: string }> = {
  lateral: {
    name: 'Lateral',
    label: 'lateral synapses',
    text: 'Nobody competes: many more neurons stay active.',
  },
  precision: {
    name: 'Precision',
    label: 'precision',
    text: 'Every error counts the same.',
  },
  errorSynapses: {
    name: 'Errors up',
    label: 'error synapses',
    text: 'No layer hears what it got wrong, so none corrects itself.',
  },
  leak: { name: 'Leak', label: 'leak', text: 'States no longer decay by themselves.' },
  topDown: {
    name: 'Top-down',
    label: 'top-down',
    text: 'Hidden layers are expected to be silent; only the pixels are predicted.',
  },
};

const surprise: Record<Surprise | 'blank', string> = {
  easier: 'easier than most digits',
  typical: 'typical digit',
  unusual: 'unusual',
  nothing: 'nothing like a digit',
  broken: 'not a finite number',
  blank: 'an empty page',
};

/** The words of the settling theatre: phases, contests, lesions, live perception, surprise, replay. */
export const theatreStrings = {
  stage: { label: 'View of the network', layers: 'Layers', contests: 'Contests' },
  phases,
  phasesLabel: 'Parts of a settling step',
  phaseHint: (name: string) => `Explain “${name}” and keep it lit`,
  closeSteps: 'Close the explanation',
  stepHeading: 'One settling step',
  stepText: 'Press a part above, or step on, to see it explained.',
  psi: 'ψ',
  nats: 'nats',
  pixels: 'pixels',
  layer: (l: number) => `layer ${l}`,
  moves: 'mean |β·d| next',
  inhibits: 'mean |β·φ(z)·V|',
  noCompetition: 'This network has no lateral synapses.',
  lateralCut: 'Lateral synapses are cut: nobody competes.',
  learnFrom: 'length of the last change of all W',
  learnHint: 'After settling: press “Weight update”, or train.',
  weightUpdates: (n: number) => `${n} images learnt`,
  contests: {
    heading: (l: number) => `Who wins in the columns of layer ${l}`,
    layer: 'Layer of the contests',
    canvas: (l: number, groups: number) =>
      `Contests of layer ${l}: ${groups} columns, activity over the steps of the episode`,
    about: 'One chart a column: activity over the steps, on one square-root scale.',
    winner: 'winner (its number)',
    rival: 'still active',
    held: 'active earlier, held down now (number ↓)',
    none: 'This network has no competing columns. The pretrained t2-LΣ and PDH have.',
    waiting: 'The columns will stand here once something settles.',
    pattern: 'Lateral synapses V',
    patternCanvas: (group: number) =>
      `Pattern of the lateral synapses: two columns of ${group} neurons; excitation on the diagonal, inhibition inside a column, nothing between columns`,
    patternNote: 'sender down, receiver across; two columns',
    excites: (value: string) => `+${value} excites itself`,
    inhibits: (value: string) => `−${value} inhibits the others`,
    selfExcitation: 'Self-excitation',
    inhibition: 'Inhibition',
    reset: 'Usual strengths',
    summary: (winners: number, active: string) => `${winners} winners · ${active} active`,
  },
  side: { label: 'Network and lesions', network: 'Network', lesions: 'Lesions' },
  lesions: {
    heading: 'Lesions',
    cut: 'Cut',
    silence: 'Silence',
    cuts,
    cutOf: (label: string) => `Cut ${label}`,
    silenceLayer: (l: number) => `Silence layer ${l}`,
    unit: 'Silence this neuron',
    unitOn: 'Let it fire again',
    pinned: (i: number, l: number) => `${i}, layer ${l}`,
    pinFirst: 'none pinned',
    restore: 'Restore all',
    undo: 'Undo lesion',
    state: 'Lesions',
    silentLayer: (l: number) => `layer ${l} silent`,
    several: (n: number) => `${n} lesions`,
    silentUnits: (n: number) => (n === 1 ? '1 neuron silent' : `${n} neurons silent`),
    text: 'It does not fire, whatever reaches it. Its error neurons miss it.',
    silentUnit: (i: number, l: number) => `neuron ${i} (layer ${l}) silent`,
    isCut: (label: string) => `${label} cut`,
    silenced: 'silenced',
    topDownOff: 'top-down cut',
    precisionOff: 'no precision',
  },
  live: {
    label: 'Live',
    on: 'It watches every stroke.',
    off: 'Each change starts a new episode.',
    now: [
      'Watching live',
      'States carry on while you draw: the error flares up, and is explained away.',
    ] as const,
    status: 'Watching the canvas live.',
    resting: 'At rest: nothing moves until you draw.',
    window: (first: number, last: number) => `steps ${first} to ${last}, live`,
    step: (step: number) => `step ${step}, live`,
  },
  gauge: {
    name: 'Surprise gauge',
    heading: 'total discrepancy',
    waiting: 'scale on its way …',
    measure: 'Measure what is usual',
    measuring: 'measuring what is usual …',
    words: surprise,
    unmeasured: 'no scale yet for this network',
    middle: 'middle half',
    most: '90 %',
    of: (source: string) => `of ${source}`,
    blank: 'empty page',
    here: 'now',
    hidden: 'part hidden',
    hiddenError: 'error, hidden part',
    squared: 'squared',
    nothingHidden: 'nothing hidden',
    value: (psi: string, word: string) => `${psi} nats: ${word}`,
    ends: ['surprising', 'expected'] as const,
  },
  replay: {
    label: 'Play the recorded steps',
    backwards: 'Play backwards',
    forwards: 'Play forwards',
    loop: 'Loop',
    stop: 'Stop playing',
    past: 'Earlier episodes',
    latest: 'Latest',
    recall: (n: number, label: string) => `Episode ${n} back: ${label}`,
    psi: 'ψ',
    scale: 'log scales',
  },
  present: { enter: 'Present mode', leave: 'Leave present mode' },
  keys: [
    ['B F', 'play the recorded steps backwards / forwards'],
    ['L', 'play them in a loop'],
    ['P', 'present mode, Esc leaves it'],
  ],
  slow: (n: number) => `${n}/s, slow`,
  energyOf: 'error',
  energy: (l: number) => `‖e${['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'][l] ?? ''}‖²`,
} as const;
