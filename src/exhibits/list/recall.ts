import type { Exhibit } from '../exhibit.ts';

/** How a memory was given back when so many were stored. */
export interface RecallTally {
  readonly memories: number;
  /** Squared error a pixel, the mean over all memories. */
  readonly error: number;
  /** The share of memories whose nearest stored picture is the right one. */
  readonly right: number;
}

/** Pictures that a network has stored, and one of them being given back. Pixels are from 0 to 1, 28 × 28. */
export interface RecallShown {
  /** Which images they are, and where from. */
  readonly source: string;
  readonly phase: 'learning' | 'recalling';
  /** Updates made and wanted. */
  readonly updates: number;
  readonly wanted: number;
  readonly memories: number;
  /** Which memory is on show, from 0; null: the picture on show was drawn, and is none. */
  readonly which: number | null;
  /** What was stored [784]: of a drawn picture, the memory that is nearest to what is recalled. */
  readonly stored: Float32Array;
  /** What the network is given [784]. */
  readonly spoilt: Float32Array;
  /** 1 where a pixel is held, 0 where it is hidden or free [784]. */
  readonly held: Float32Array;
  /** What it has made of it so far [784]. */
  readonly recalled: Float32Array;
  /** All memories as they are recalled now, as bytes [memories · 784]. */
  readonly gallery: Uint8Array;
  /** 1 for each memory whose nearest stored picture is the right one [memories]. */
  readonly isRight: Uint8Array;
  /** Free energy of a memory at every update so far, nats: the mean over all. */
  readonly energy: Float32Array;
  /** Squared error a pixel at every settling step so far, from the start: of the picture on show, and the mean over all. */
  readonly course: Float32Array;
  readonly meanCourse: Float32Array;
  /** One for each number of memories that was tried. */
  readonly tallies: readonly RecallTally[];
}

export const recall: Exhibit<'recall'> = {
  id: 'recall',
  title: 'A memory returns',
  room: 'memory',
  question: 'Can a network give back what it has once seen, from a spoilt piece of it?',
  sees: 'The network stores a few digits. One of them is spoilt and given to it: as it settles, the digit returns. Rub parts out, or draw something like it.',
  controls: [
    {
      kind: 'choice', key: 'spoil', title: 'Spoil by', hint: 'What is done to a picture before the network gets it.', usual: 'lower',
      choices: [
        { value: 'noise', title: 'noise' },
        { value: 'lower', title: 'hiding the lower half' },
        { value: 'left', title: 'hiding the left half' },
        { value: 'most', title: 'hiding three quarters' },
      ],
    },
    { kind: 'range', key: 'memories', title: 'Memories', hint: 'How many pictures the network stores.', min: 5, max: 100, step: 5, usual: 10, restarts: true },
    { kind: 'range', key: 'which', title: 'On show', hint: 'Which of the memories is spoilt in the large picture; or click one.', min: 1, max: 100, step: 1, usual: 1 },
    { kind: 'range', key: 'noise', title: 'Noise', hint: 'The standard deviation of the noise, of pixels from 0 to 1.', min: 0.05, max: 1, step: 0.05, usual: 0.3, inDrawer: true },
    { kind: 'range', key: 'updates', title: 'Updates', hint: 'How often the network learns from all its pictures.', min: 20, max: 400, step: 20, usual: 120, inDrawer: true, restarts: true },
    { kind: 'toggle', key: 'grow', title: 'Store more and more', hint: 'Stores 5, 10, 20, 40 and 80 pictures, one network after the other, and compares how well they return.', usual: false, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'z_l ← z_l + γ', name: 'every layer moves a little at a time', lights: 'recalled' },
    { text: '(' },
    { text: '−e_l', name: 'towards what the layer before predicts of it: in the picture, towards what is remembered', lights: 'recalled' },
    { text: ' + ' },
    { text: '(e_{l+1} ⊙ f′)W_{l+1}^T', name: 'towards what explains the layer after it: in the end, the pixels that are held', lights: 'held' },
    { text: ')' },
  ], // prettier-ignore
  source: 'Salvatori et al. 2021; Casnici et al. 2025, Eqs. 34–37, with the picture itself free',
  trials: [
    { title: 'Hide three quarters', watch: 'A quarter of the picture is enough for most memories to return.', values: { spoil: 'most', memories: 10, grow: false } },
    { title: 'Drown it in noise', watch: 'Noise is taken away within some fifty steps; what is left of it stays.', values: { spoil: 'noise', noise: 0.5, memories: 10, grow: false } },
    { title: 'Store more and more', watch: 'The same network stores 5 to 80 pictures: the error grows with their number.', values: { spoil: 'lower', grow: true } },
  ], // prettier-ignore
  claims: [
    {
      says: 'A network that learns by predictive coding gives back training images from noisy or half-covered ones, with nothing added to it.',
      by: 'Pinchetti et al. 2025, as the essay tells it',
      claimed: 'pictures of Tiny ImageNet, no number',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'What returns from noise is not the stored picture to the pixel: the free pixels keep a little of what they were given.',
    'A memory that is like another one may return as the other one, and the more are stored, the more of them do.',
    'Backpropagation trains the same network; that only predictive coding can settle its states, so that it recalls, is a matter of how it is used.',
  ],
  metric: { name: 'Error of the picture on show', unit: 'a pixel, squared', digits: 4 },
  pace: { perSecond: 30, step: 'step' },
  miniature: { memories: 5, updates: 40 },
  draws: true,
};
