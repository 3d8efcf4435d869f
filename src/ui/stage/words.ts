import type { Phase } from '../../store/state.ts';

/* The words of the middle of the page: the parts of a step, the layers, the contests. */

export const stageBar = {
  label: 'View of the network',
  layers: 'Layers',
  contests: 'Contests',
  learning: 'Learning',
  pictures: {
    layers: 'Network, layer by layer',
    contests: 'Contests of columns',
    learning: 'What the network can do',
  },
  keepScales: 'Keep scales',
  keepScalesHint: 'Keep the scales of the heatmaps as they are, for other episodes too',
  phases: 'Parts of a settling step',
  hold: (name: string) => `Explain “${name}” and keep it lit`,
  lesions: 'Lesions',
  severalLesions: (n: number) => `${n} lesions`,
} as const;

interface PhaseWords {
  readonly name: string;
  readonly text: string;
}

export const phases: Record<Phase, PhaseWords> = {
  predict: { name: 'Predict', text: 'Each layer says what the layer below should be.' },
  error: { name: 'Error', text: 'Error neurons hold what the prediction missed.' },
  correct: { name: 'Correct', text: 'Each state neuron moves so that its errors shrink.' },
  compete: { name: 'Compete', text: 'In each column, active neurons hold their neighbours down.' },
  learn: { name: 'Learn', text: 'Each synapse changes by activity times error.' },
};

export const step = {
  heading: 'One settling step',
  text: 'Press a part above, or step on, to see it explained.',
  close: 'Close the explanation',
  back: 'Back',
  next: 'Next',
  backHint: 'The part before (←)',
  nextHint: 'The next part (→)',
  discrepancy: 'total discrepancy',
  nats: '`nats`',
  pixels: 'pixels',
  layer: (l: number) => `layer ${l}`,
  moves: 'mean `|β·d|` next',
  inhibits: 'mean `|β·φ(z)·V|`',
  noCompetition: 'This network has no lateral synapses.',
  lateralCut: 'Lateral synapses are cut: nobody competes.',
  learnFrom: 'length of the last change of all W',
  moved: 'how far this update moved each, ‖Δ‖',
  share: (change: number, length: number) =>
    `‖Δ‖ ${change.toPrecision(3)}, of a length of ${length.toPrecision(3)} before (${((100 * change) / length).toPrecision(2)} %)`,
} as const;

/** What heads a column of the stage; `flow` is the colour of what it shows. */
interface ColumnHeading {
  readonly text: string;
  readonly about?: string;
  readonly flow: 'down' | 'state' | 'up';
}

/** The columns of the stage, from left to right. */
export const headings: {
  readonly belief: string;
  readonly story: readonly ColumnHeading[];
  readonly numbers: readonly ColumnHeading[];
} = {
  belief: 'belief',
  story: [
    { text: 'state neurons', flow: 'state' },
    { text: 'error neurons', about: 'what was missed', flow: 'up' },
  ],
  numbers: [
    { text: 'prediction, `μ`', flow: 'down' },
    { text: 'state neurons, `φ(z)`', flow: 'state' },
    { text: 'error neurons, `e`', flow: 'up' },
  ],
};

/** What is said of a neuron, or of a pixel, to whoever cannot see it; a number that is not there is left out. */
const reading = (of: string, ...numbers: readonly (readonly [string, string | null])[]) => {
  const known = numbers.flatMap(([name, value]) => (value === null ? [] : `${name} ${value}`));
  return known.length === 0 ? of : `${of}: ${known.join(', ')}`;
};

interface NeuronReading {
  readonly layer: number;
  readonly index: number;
  /** Counted from 1; null where neurons do not compete in columns. */
  readonly column: number | null;
  readonly activity: string | null;
  readonly prediction: string | null;
  readonly error: string | null;
}

interface PixelReading {
  readonly row: number;
  readonly column: number;
  readonly input: string | null;
  readonly prediction: string | null;
  readonly error: string | null;
}

export const layers = {
  layer: (l: number) => `layer ${l}`,
  believes: (l: number) => `what layer ${l} believes`,
  columns: (n: number) => `${n} columns`,
  alone: (n: number) => `${n} neurons`,
  active: 'active',
  pixelsName: 'pixels',
  pixels: (n: number) => `${n} pixels`,
  top: 'Nothing above predicts\nthe top layer',
  topError: 'Nothing above predicts it:\nno error neurons',
  topShort: 'no prediction',
  topErrorShort: 'no error neurons',
  state: (l: number) => `State neurons of layer ${l}`,
  error: (l: number) => `Error neurons of layer ${l}`,
  prediction: (l: number) => `Prediction for layer ${l}`,
  keys: 'Arrow keys move a cursor, Enter pins, Escape leaves',
  neuron: ({ layer, index, column, activity, prediction, error }: NeuronReading) =>
    reading(
      `neuron ${index} of layer ${layer}${column === null ? '' : `, column ${column}`}`,
      ['activity', activity],
      ['predicted', prediction],
      ['error', error],
    ),
  pixel: ({ row, column, input, prediction, error }: PixelReading) =>
    reading(
      `pixel in row ${row}, column ${column}`,
      ['input', input],
      ['predicted', prediction],
      ['error', error],
    ),
  input: 'Input, as it is being completed',
  inputPrediction: 'Prediction of the pixels',
  inputError: 'Signed error of the pixels',
  inputNote: 'the picture so far',
  predictionNote: 'what layer 1 predicts to be seen',
  errorNote: 'what the prediction of the pixels missed',
  errorNoteMasked: 'error: only where something was seen',
  hidden: (percent: number) => `${percent} % hidden`,
  nothingHidden: 'nothing hidden',
  energy: (l: number) => `‖e_${l}‖²`,
} as const;

export const marks = {
  silenced: 'silenced',
  topDown: 'top-down cut',
  precision: 'no precision',
} as const;

export const contests = {
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
  pattern: 'Lateral synapses, as −`V`',
  patternCanvas: (group: number) =>
    `Pattern of the lateral synapses, as −V: two columns of ${group} neurons; excitation on the diagonal, inhibition inside a column, nothing between columns`,
  patternNote:
    'Drawn as −`V`, the way it acts: the equation subtracts `φ(z)`·`V`. Sender down, receiver across; two columns.',
  excites: (value: string) => `+${value} excites itself`,
  inhibits: (value: string) => `−${value} inhibits the others`,
  selfExcitation: 'Self-excitation',
  inhibition: 'Inhibition',
  reset: 'Usual strengths',
  summary: (winners: number, active: string) => `${winners} winners · ${active} active`,
} as const;
