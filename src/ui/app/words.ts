import { grouped } from '../../shared/grouped.ts';

/* The words of the page’s frame: top bar, messages, dialogs. */

export const page = {
  brand: 'NGC Explorer',
  tagline: 'See a network learn without backpropagation',
  modesLabel: 'Mode',
  modes: {
    complete: 'Complete',
    train: 'Train',
    sample: 'Sample',
    lab: 'Lab',
    exhibits: 'Exhibits',
  },
  drop: 'Drop a picture to complete it; a strip or folder of pictures, a table of pixels (.csv), IDX or .mat to learn from it; or a model',
} as const;

export const topBar = {
  settle: 'Settle',
  pauseSettling: 'Pause settling',
  startTraining: 'Start training',
  pauseTraining: 'Pause training',
  drawSamples: 'Draw samples',
  settlingStep: 'Settling step',
  weightUpdate: 'Weight update',
  rewind: 'Rewind',
  reseed: 'Reseed',
  density: 'Density',
  densities: { story: 'Story', numbers: 'Numbers' },
  share: 'Share link',
  help: 'Help',
  settlingStepHint: 'One step: every neuron corrects itself a little (→)',
  weightUpdateHint: 'One step of learning: every synapse uses only its two neurons (U)',
  rewindHint: 'Back to the initial weights, same seed (R)',
  reseedHint: 'A new network of your own, from another seed',
  speed: 'Speed',
  full: 'full speed',
  byClick: 'by click',
  perSecond: (n: number) => `${n} steps/s`,
  slow: (n: number) => `${n}/s, slow`,
  present: { enter: 'Present mode', leave: 'Leave present mode' },
  theme: { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
} as const;

export const backendMenu = {
  name: 'Backend',
  starting: 'starting …',
  failed: 'stopped',
  computes: (way: string) => `Computes ${way.replace(/^\w+ kernels/, 'with $&')}.`,
  choose: 'Compute with',
  choices: {
    auto: 'What suits this machine',
    webgpu: 'WebGPU (graphics processor)',
    wasm: 'WebAssembly',
    cpu: 'JavaScript (slow)',
  },
  restarts: 'Another choice starts the engine anew; save a network of your own first.',
  bench: 'Benchmark …',
} as const;

export const newVersion = {
  label: 'New version',
  ready: 'A new version of this page is ready. ',
  reload: 'Reload',
  learning: 'It waits until nothing learns.',
  others: 'Close its other tabs first.',
  held: 'The browser still holds on to this one. ',
  again: 'Try again',
  coming: 'It takes over as soon as this one has nothing more under way.',
} as const;

export const mirrorOffer = {
  label: 'A dataset that is not here',
  missing: (title: string) => `${title} is not beside the page.`,
  fetch: (title: string, size: string | null, host: string) =>
    `Fetch ${title} (${size === null ? '' : `${size} `}from ${host})`,
  decline: (title: string) => `Go on without ${title}`,
} as const;

export const labRunning = {
  run: (done: number, of: number) => `The Lab is running: ${done} of ${of} cells`,
} as const;

export const messages = {
  label: 'Messages',
  dismiss: (text: string) => `Dismiss: ${text}`,
  details: 'Details',
  whole: 'Show',
  more: (n: number) => `and ${n} more`,
  putBack: 'Undo',
  goOn: 'Go on',
  bringBack: 'Bring back',
  loading: 'Loading progress',
  cancel: 'Cancel',
  restart: 'Restart the engine',
  advice: 'What you drew and what was learnt stay with this page; restarting brings them back.',
} as const;

export const help = {
  heading: 'What you see',
  close: 'Close help',
  intro:
    'A network of three layers tries to explain a picture. It never runs a backward pass: every neuron and synapse uses only what arrives at it.',
  items: [
    ['down', 'Predictions travel down', 'State neurons of a layer predict the layer below (μ).'],
    [
      'up',
      'Errors travel up',
      'Error neurons hold the mismatch e between what is and what was predicted, and push the layer above to correct itself.',
    ],
    [
      'side',
      'Neurons compete',
      'Inside a column, lateral synapses let active neurons silence their neighbours. A violet frame marks columns where that is happening.',
    ],
    [
      'learn',
      'Synapses learn',
      'After settling, each synapse changes by activity times error. Nothing else is needed.',
    ],
  ],
  lab: {
    heading: 'What the Lab shows',
    intro:
      'Every experiment is a question. Its table or figure shows what the paper prints, what we measured, and what you measure; they are never mixed.',
    items: [
      ['¶ the paper', 'Printed in the paper.'],
      [
        '● ours, shipped with this page',
        'Computed by this program. Open a cell to see how, on what machine, and the command that does it again.',
      ],
      [
        '◆ your run',
        '“Run all”, a row’s ▶ or “Run cell” trains and measures in this browser. “Stop” keeps what is finished, and “Run all” goes on from there, after a reload too.',
      ],
      [
        'Quick, Standard, Paper',
        'How much work a run may be: minutes, an hour or more, or as much as in the paper. Results of different budgets are never averaged.',
      ],
    ],
    keys: [
      ['1 … 5', 'Complete, Train, Sample, Lab, Exhibits'],
      ['P', 'present mode, Esc leaves it'],
      ['Ctrl Z', 'undo'],
      ['?', 'this help'],
    ],
  },
  exhibits: {
    heading: 'What the hall shows',
    intro:
      'Every exhibit is one idea of predictive coding that you can touch. It is computed while you look, in this browser.',
    items: [
      [
        'Drag',
        'Whatever can be taken hold of in a picture can be dragged; the same stands below it as a control.',
      ],
      [
        'Run, Rewind, Reseed',
        'Rewind begins the same run again, with the same seed; Reseed takes another.',
      ],
      [
        'The equation',
        'Point at a part, or press it: what it stands for lights up in the picture.',
      ],
      ['To try', 'Three set-ups that show what the exhibit is about, and what to watch in them.'],
      [
        'What is claimed',
        'What its authors say, beside what came out here, and the command that measures it again.',
      ],
    ],
    keys: [
      ['Space', 'run or pause'],
      ['→', 'one step'],
      ['R', 'rewind'],
      ['Esc', 'back to the plan'],
      ['1 … 5', 'Complete, Train, Sample, Lab, Exhibits'],
      ['P', 'present mode, Esc leaves it'],
      ['?', 'this help'],
    ],
  },
  keysHeading: 'Keys',
  source:
    'After Ororbia & Kifer (2022), The neural coding framework for learning generative models.',
  keys: [
    ['Space', 'run or pause'],
    ['← →', 'settling step back / forward'],
    ['U', 'one weight update'],
    ['1 … 5', 'Complete, Train, Sample, Lab, Exhibits'],
    ['R', 'rewind'],
    ['O', 'occlude with the brush'],
    ['Ctrl Z', 'undo'],
    ['?', 'this help'],
    ['B F', 'play the recorded steps backwards / forwards'],
    ['L', 'play them in a loop'],
    ['P', 'present mode, Esc leaves it'],
  ],
} as const;

export const sharedLink = {
  heading: 'Link to this set-up',
  code: 'QR code of the link',
  link: 'Link',
  about:
    'Whoever opens the link, or points a phone at the code, gets this page with the same model, dataset and settings.',
  whole: 'with what is drawn, hidden by hand, cut and pinned',
  copy: 'Copy link',
  copied: 'Copied.',
  refused: 'Copying is not allowed here: select the link and copy it.',
  tooLong: (length: number) =>
    `With its drawing the link has ${grouped(length)} characters: too many for a code that a phone can read off a wall. Leave out what is drawn, and it fits.`,
  tooLongBare: (length: number) =>
    `The link has ${grouped(length)} characters: too many for a code that a phone can read off a wall. Copy it instead.`,
  notWeights:
    'A link holds the set-up, not what a network has learnt here: “Save model” and “Export run” make files of that.',
  local: 'This page runs on this machine: the link opens nowhere else.',
  close: 'Done',
} as const;
