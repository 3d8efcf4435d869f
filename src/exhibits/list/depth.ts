import type { Exhibit } from '../exhibit.ts';

/** Where the energy of a deep network lies, at every step so far. */
export interface DepthShown {
  /** L. */
  readonly layers: number;
  /** F_1 … F_L in nats, means over the images, a row a step from step 0. */
  readonly energies: Float32Array;
  /** Steps made: that of the last row. */
  readonly step: number;
  /** So many it will make. */
  readonly steps: number;
  /** The rate under which settling is stable: 2/λmax. */
  readonly bound: number;
}

export const depth: Exhibit<'depth'> = {
  id: 'depth',
  title: 'Energy and depth',
  room: 'settling',
  question: 'How much of an error reaches the first layer of a deep network?',
  sees: 'A row a layer, a column a settling step, brighter for more energy. The label’s error comes in from the top and fades on its way down.',
  controls: [
    { kind: 'range', key: 'layers', title: 'Layers L', hint: 'Layers between picture and label, the label’s included.', min: 2, max: 20, step: 1, usual: 10, restarts: true },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far values move in a step; it begins anew.', min: 0.01, max: 1, step: 1.1, scale: 'logarithmic', usual: 0.1 },
    { kind: 'choice', key: 'remedy', title: 'Remedy', hint: 'What is done against the fading; it begins anew.', usual: 'none',
      choices: [{ value: 'none', title: 'none' }, { value: 'spiking', title: 'spiking precision' }, { value: 'sweep', title: 'inwards in one sweep' }] },
    { kind: 'range', key: 'width', title: 'Neurons a layer', hint: 'How wide the hidden layers are.', min: 16, max: 128, step: 16, usual: 64, restarts: true, inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'F_l', name: 'energy of a layer: half its squared errors, a mean over 20 pictures', lights: 'energies' },
    { text: ' = ½‖e_l‖²,   ' },
    { text: 'e_l = 0 for l < L − t', name: 'after t steps no error can be further in than t layers', lights: 'front' },
    { text: ',   ' },
    { text: 'γ < 2/λ_{max}', name: 'the rate must stay below the bound, or settling diverges', lights: 'bound' },
  ], // prettier-ignore
  source:
    'Casnici et al. 2025, Eqs. 30–34; the predictive-coding essay, “Energy propagation experiments”',
  trials: [
    { title: 'Twenty layers', watch: 'When the front has reached the first layer, there is nothing left that a 32-bit number could hold.', values: { layers: 20, rate: 0.1, remedy: 'none' } },
    { title: 'Make it faster', watch: 'Each layer passes on γ times what it got: two and a half times the rate, and orders more arrive.', values: { layers: 10, rate: 0.25, remedy: 'none' } },
    { title: 'Let precision spike', watch: 'Each layer’s error counts fully in the step in which it arrives, and hardly after: it holds its ground for the next.', values: { layers: 10, rate: 0.1, remedy: 'spiking' } },
  ], // prettier-ignore
  claims: [
    {
      says: 'In deep networks error energy piles up at the outermost layers and hardly reaches the input.',
      by: 'the predictive-coding essay, after Pinchetti et al. 2025',
      claimed: 'the first far below the last',
      measured: null,
      command: null,
    },
    {
      says: 'After t steps from a forward start the errors of layers before L − t are exactly 0.',
      by: 'follows from Casnici et al. 2025, Eq. 34',
      claimed: 'exactly 0',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'The synapses are fresh: a network that has learnt passes errors on somewhat better or worse.',
    'That energy arrives does not say that learning from it works: the remedies that train deep networks best also learn from the activities of the forward pass.',
    'A larger rate helps only below 2/λmax, and the bound falls as synapses grow.',
  ],
  metric: { name: 'log₁₀ of F, first over last', unit: '', digits: 1 },
  pace: { perSecond: 8, step: 'settling step' },
  miniature: { layers: 8, rate: 0.3 },
};
