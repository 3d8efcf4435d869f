import { grouped } from '../../shared/grouped.ts';
import type { Cut } from '../../store/actions/meddling.ts';

/* The words about the network under the drawing: which one it is, its settings, what is cut of it. */

export const side = {
  label: 'Network and lesions',
  network: 'Network',
  lesions: 'Lesions',
} as const;

export const network = {
  heading: 'Network',
  dataset: 'Dataset',
  model: 'Model',
  pretrained: 'pretrained',
  own: 'your network',
  open: 'Open…',
  openWhat: 'Open model or data…',
  save: 'Save model',
  settings: 'Settings',
  changedByUser: (title: string) => `${title}, changed by you`,
  byYou: (updates: number) => `Changed by you, ${grouped(updates)}×`,
  changed: (updates: number) =>
    `then changed by you: ${grouped(updates)} weight update${updates === 1 ? '' : 's'}`,
  undoUpdate: 'Undo update',
  asItWas: 'As it was',
  undoTitle: (undoable: number) =>
    undoable === 0
      ? 'The updates before cannot be taken back one by one.'
      : `The last ${undoable === 1 ? 'update' : `${undoable} updates`} can be taken back one by one.`,
  missing: (name: string) => `${name} — not here: drop its files to use it`,
  datasets: {
    mnist: 'MNIST digits',
    fmnist: 'Fashion-MNIST',
    kmnist: 'Kuzushiji-MNIST',
    caltech101: 'Caltech 101 silhouettes',
    synthetic: 'Synthetic digits',
  },
  drawings: (count: number, least: number) =>
    count >= least
      ? `My drawings (${grouped(count)})`
      : `My drawings (${count}) — ${least} are needed`,
  staged: (title: string) => `${title} — looked at, not used yet`,
  yourData: 'Your data…',
} as const;

export const completion = {
  label: 'Completion',
  rules: { silent: 'As inference', eq19: 'As in the paper' },
  about: {
    silent:
      'A hidden pixel is what is predicted for it, and sends no error: only what is seen decides.',
    eq19: 'Eq. 19: hidden pixels begin white and move towards the prediction; meanwhile every step takes them as seen, so that what is imagined stays pale.',
  },
} as const;

export const settings = {
  heading: 'Settings of the network',
  close: 'Close settings',
  default: 'Default',
  recipes: {
    label: 'Recipe',
    names: { quick: 'Quick to learn', paper: 'As in the paper' },
    about: {
      quick: 'Chosen so that a network learns while one watches.',
      paper: 'The paper’s settings: 50 settling steps to learn from and to read after.',
    },
    none: 'These settings are of no recipe.',
  },
  newNetwork: 'makes a new network',
  actsOn: 'Acts on',
  parts: {
    states: 'state neurons',
    predictions: 'predictions',
    errors: 'error neurons',
    generative: 'generative synapses',
    feedback: 'error synapses',
    lateral: 'lateral synapses',
  },
  note: 'Settings marked ↻ cannot change in a network that exists: a new one of your own is made from the same seed.',
} as const;

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

const steps = (count: number) => (count === 1 ? '1 step' : `${count} steps`);

export const lesions = {
  heading: 'Lesions',
  cut: 'Cut',
  silence: 'Silence',
  cuts: cuts,
  cutOf: (label: string) => `Cut ${label}`,
  silenceLayer: (l: number) => `Silence layer ${l}`,
  unit: 'Silence this neuron',
  unitOn: 'Let it fire again',
  pinned: (i: number, l: number) => `${i}, layer ${l}`,
  pinFirst: 'none pinned',
  restore: 'Restore all',
  undo: 'Undo lesion',
  silentLayer: (l: number) => `layer ${l} silent`,
  silentUnits: (n: number) => (n === 1 ? '1 neuron silent' : `${n} neurons silent`),
  text: 'It does not fire, whatever reaches it. Its error neurons miss it.',
  silentUnit: (i: number, l: number) => `neuron ${i} (layer ${l}) silent`,
  isCut: (label: string) => `${label} cut`,
  beside: 'Beside the intact network, at the same step',
  intact: 'intact',
  intactPicture: 'Completion by the intact network',
  cutPicture: 'Completion by the cut network',
  cutHere: 'cut',
  hiddenError: 'error², hidden',
  error: 'error²',
  active: (l: number) => `active z${l}`,
  notYet: 'At this step nothing was cut yet.',
  since: (at: number, since: number) =>
    at === 0
      ? `Cut from the start, ${steps(since)} ago.`
      : `Cut at step ${at}, ${steps(since)} ago; the intact network has made as many.`,
  settling: 'The intact network settles beside …',
  liveNone: 'No comparison while the network watches live: there is no same step.',
} as const;
