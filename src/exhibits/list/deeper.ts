import type { Exhibit } from '../exhibit.ts';

/** The rules by which one deep network learns. */
export const DEEP_RULES = ['backprop', 'settled', 'forward'] as const;
export type DeepRule = (typeof DEEP_RULES)[number];

/** How a network of a depth ended: the share of held-out images it gets right; null: settling blew up. */
export interface DeepEnd {
  readonly layers: number;
  readonly accuracies: Readonly<Record<DeepRule, number | null>>;
}

/** One deep network that learns by three rules side by side. */
export interface DeeperShown {
  /** L of now, and so many batches it will learn from. */
  readonly layers: number;
  readonly batches: number;
  /** Batches at every test so far, and the share of held-out images that each got right. */
  readonly at: Float32Array;
  readonly courses: Readonly<Record<DeepRule, Float32Array>>;
  /** Depths that were learnt to their end. */
  readonly ends: readonly DeepEnd[];
  /** What they learn from. */
  readonly source: string;
}

/** The depths that are gone through one after the other. */
export const DEPTHS: readonly number[] = [3, 6, 10, 16];

export const deeper: Exhibit<'deeper'> = {
  id: 'deeper',
  title: 'Learning in depth',
  room: 'settling',
  question: 'How deep may a network be that learns by settling?',
  sees: 'The same network with the same first synapses learns by three rules. Where energy hardly reaches the first layers, settling teaches them little; spiking errors and the activities of the forward pass help.',
  controls: [
    { kind: 'range', key: 'layers', title: 'Layers L', hint: 'Layers between picture and label, the label’s included.', min: 3, max: 16, step: 1, usual: 10, restarts: true },
    { kind: 'toggle', key: 'climb', title: 'Deeper and deeper', hint: 'Learns with 3, 6, 10 and 16 layers, one after the other, and compares how far they came.', usual: false, restarts: true },
    { kind: 'range', key: 'batches', title: 'Batches each', hint: 'How long each network learns; a batch is 100 of 5,000 pictures.', min: 30, max: 300, step: 30, usual: 150, restarts: true },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far values move in a settling step of the rule that settles; T = L steps. Spiking takes 0.5.', min: 0.01, max: 0.5, step: 1.1, scale: 'logarithmic', usual: 0.1, inDrawer: true, restarts: true },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How large Adam’s changes of synapses are.', min: 0.0003, max: 0.01, step: 1.2, scale: 'logarithmic', usual: 0.001, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'ΔW_l = z_{l−1}ᵀ(e_l ⊙ f′_l)', name: 'settled: synapses learn from the states after L steps', lights: 'settled' },
    { text: ',   ' },
    { text: 'z⁰_{l−1}ᵀ((z_l − μ⁰_l) ⊙ f′_l)', name: 'forward: synapses learn from the activities of the forward pass, and each error spikes in the step in which it arrives', lights: 'forward' },
    { text: ',   ' },
    { text: 'z_{l−1}ᵀ(δ_l ⊙ f′_l)', name: 'backpropagation', lights: 'backprop' },
  ], // prettier-ignore
  source:
    'the predictive-coding essay, after Pinchetti et al. 2025; Goemaere et al. 2025 (spiking precision)',
  trials: [
    { title: 'Ten layers', watch: 'Settling falls behind backpropagation; with spiking errors and forward activities it keeps up.', values: { layers: 10, climb: false } },
    { title: 'Three layers', watch: 'With so few layers all three rules learn alike.', values: { layers: 3, climb: false } },
    { title: 'Deeper and deeper', watch: 'From 3 to 16 layers: see where each of the three rules falls.', values: { climb: true } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Predictive coding is level with backpropagation in shallow networks and falls behind in deep ones.',
      by: 'the predictive-coding essay, after Pinchetti et al. 2025',
      claimed: 'best at 5 and 7 layers, then it falls',
      measured:
        '3, 6, 10, 16 layers: 86.9, 87.7, 75.8, 68.4 % against 87.3, 88.9, 89.8, 89.8 %; 5,000 images, 3 epochs',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 5000 --epochs 3 --seed 1 --set sizes=784,64,64,64,64,64,64,64,64,64,10 hidden=tanh steps=10 --out deep.safetensors && npm run -s ngc -- eval --model deep.safetensors --dataset mnist --measures accuracy; the twin with learn=backprop',
    },
    {
      says: 'Errors that spike as they arrive, with learning from the forward pass, train deep networks as backpropagation does.',
      by: 'Goemaere et al. 2025, as the essay tells it',
      claimed: 'level with backpropagation, no number',
      measured: '6, 10, 16 layers: 88.9, 89.7, 87.0 % against 88.9, 89.8, 89.8 %',
      command:
        'npm run -s ngc -- train --variant pcn --dataset mnist --limit 5000 --epochs 3 --seed 1 --set sizes=784,64,64,64,64,64,10 hidden=tanh steps=6 schedule=spiking learn=forward rate=0.5 --out spiking.safetensors && npm run -s ngc -- eval --model spiking.safetensors --dataset mnist --measures accuracy',
    },
  ],
  limits: [
    'These are plain layers of 64 tanh neurons and few pictures: where exactly it falls is a matter of the network.',
    'Backpropagation falls too, only later: it is depth without skips or normalisation.',
    'Learning from the forward pass gives up what settling found, but for the direction of the errors.',
  ],
  metric: { name: 'Settled less backpropagation', unit: '% points', digits: 1 },
  pace: { perSecond: 30, step: 'batch' },
  miniature: { layers: 6, batches: 60 },
};
