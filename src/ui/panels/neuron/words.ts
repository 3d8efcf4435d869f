/* The words about a pinned neuron, pixel or synapse. */

export const neuron = {
  none: 'Click any neuron or pixel in the middle to pin it here.',
  title: (i: number, l: number) => `Neuron ${i}, layer ${l}`,
  pixel: (row: number, column: number) => `Pixel, row ${row}, column ${column}`,
  column: (c: number, of: number) => `column ${c} of ${of}`,
  picture: (layer: number, index: number) => `What neuron ${index} of layer ${layer} draws`,
  unpin: 'Unpin',
  fieldNone: 'field on its way …',
  activity: 'activity `φ(z)`',
  prediction: 'prediction `μ`',
  error: 'error `e`',
  input: 'input `x`',
  strongest: 'Pin the most active neuron',
} as const;

export const figures = {
  draws: 'what it draws',
  drawsThrough: 'what it draws, through the layers',
  row: (l: number) => `whom it excites (orange) and suppresses (blue) in layer ${l}`,
  listens: 'whose errors it listens to',
  listensName: 'Its error synapses from the pixels',
  sameWay: 'Errors come back by the same synapses.',
  rowName: (l: number) => `Its synapses onto layer ${l}`,
  rowNamePixels: 'Its synapses onto the pixels',
  pick: 'Click a cell to look at that synapse.',
  pickPixel: 'Click a pixel to look at that synapse.',
  keys: 'Arrow keys choose a synapse.',
} as const;

export const curve = {
  heading: 'While it settles',
  picture: (layer: number, index: number) =>
    layer === 0
      ? `Pixel ${index} while it settles`
      : `Neuron ${index} of layer ${layer} while it settles`,
  name: 'The neuron over the steps of this episode; click to go to a step',
  none: 'Then its curves and its arithmetic stand here.',
  state: 'state `z`',
} as const;

export const terms = {
  heading: 'Why it moves',
  from: (step: number) => `step ${step} → ${step + 1}`,
  canvas: 'The terms of its change as a waterfall',
  bottomUp: 'bottom-up',
  topDown: 'top-down',
  lateral: 'lateral',
  prior: 'prior',
  leak: 'leak',
  sum: 'sum',
  next: 'next `z`',
  silent: 'This neuron is silenced: no error moves it.',
  equation: 'Eq. 15',
} as const;

export const pixel = {
  heading: 'Its error neuron',
  hidden: 'Hidden: it follows the prediction (Eq. 19)',
  next: 'next `x`',
  about: 'The error goes up to every neuron of layer 1 that draws this pixel.',
  silent: 'Hidden: it is what is predicted, so `x` = `μ_0`, and it sends no error.',
} as const;

export const contest = {
  heading: 'Its group: who holds whom down',
  band: 'Its neighbours: who holds whom down',
  canvas: 'Activity of the neurons that compete, and how each acts on this one',
  none: 'In this network no neurons compete: it has no lateral synapses.',
  cut: 'The lateral synapses are cut: nobody holds anybody down.',
  wins: (own: string, others: string) => `It wins: own ${own}, rivals ${others}.`,
  winsAlone: (own: string) => `It wins alone: own ${own}.`,
  held: (winner: number, others: string) => `Held down: ${winner} wins, rivals ${others}.`,
  silent: (winner: number, others: string) => `Silent: ${winner} wins, rivals ${others}.`,
  nobody: 'Nobody in this group is active.',
  legend: 'Bars: activity. Arcs, −`φ(z)`·`V`: ⊥ holds it down (`V` > 0), ▲ excites it (`V` < 0).',
} as const;

export const synapse = {
  label: 'Synapse',
  heading: (from: string, to: string) => `Synapse: ${from} → ${to}`,
  close: 'Close',
  local: 'What it needs in order to learn',
  pre: 'activity it leaves from',
  post: 'error it arrives at',
  change: 'its change (Eq. 16)',
  weight: 'its weight now',
  errorWeight: 'error synapse, the way back',
  both: 'Both numbers are at the synapse: that much is local.',
  elsewhere: 'Not strictly local',
  covariance: (l: number) =>
    `the error comes weighed by \`Σ_${l}⁻¹\`: the whole covariance, inverted`,
  inverse: (l: number) => `learns from \`Σ_${l}⁻¹\`: the whole covariance, inverted`,
  norm: {
    reach: 'norm limited with all that reach the same neuron',
    send: 'norm limited with all that the same neuron sends',
    covariance: 'norm limited by whole columns',
  },
  others: 'The other synapses of this layer',
  fixed: 'does not learn',
  optimizer: {
    sgd: 'The rate and the mean over a mini-batch need nothing from elsewhere.',
    adam: 'Adam keeps two running means of this change, at the synapse too.',
  },
  backprop: 'What backprop would bring together',
  kinds: {
    errors: () => 'errors of all pixels, `x − μ_0`',
    own: 'the error of this pixel, `x − μ_0`',
    row: (l: number) => `weights of the neuron it arrives at, \`W_${l}\``,
    rowFar: (l: number) => `its weights past a layer, \`M_${l}\``,
    matrix: (l: number) => `all weights \`W_${l}\``,
    matrixFar: (l: number) => `all weights \`M_${l}\``,
    slopes: (l: number) => `derivatives \`φ′\` of layer ${l}`,
    slope: 'derivative `φ′` of the neuron it arrives at',
  },
  total: (n: string) => `${n} numbers, none of them at this synapse.`,
  totalLocal: 'At the pixels backprop is local too. Pin a neuron of layer 2 or 3 to see its chain.',
} as const;
