import type { Lesions } from '../protocol/condition.ts';
import { isIntact, NO_LESIONS } from '../protocol/condition.ts';
import type { Drawing } from './drawing.ts';
import { isBlank } from './drawing.ts';
import type { Table } from './entries.ts';
import { oneOf, readTable } from './entries.ts';
import { firstDigit } from './firstDigit.ts';
import type { OcclusionPreset } from './occlusion.ts';
import { presetMask } from './occlusion.ts';
import { printMask, printPixels, readMask, readPixels } from './pixelText.ts';
import type { DrawingSlice } from './slices/drawing.ts';
import type { RunSlice } from './slices/run.ts';
import type { Pin, SelectionSlice } from './slices/selection.ts';

/** What is hidden where no preset says it: painted by hand, or pixels drawn by lot. */
interface Hidden {
  readonly by: 'brush' | 'random';
  readonly mask: Uint8Array;
}

/** What lies on the page besides its set-up: what is drawn and hidden, what is cut, what is looked at. The address carries it too. */
export interface Scene {
  readonly drawing: Float32Array;
  readonly mask: Hidden;
  readonly lesions: Lesions;
  readonly pin: Pin;
  /** The layer whose contests are on show; null: all layers. Or what the network has learnt. */
  readonly stage: number | 'learning' | null;
  readonly side: SelectionSlice['sideTool'];
  readonly live: 'on' | 'off';
}

const CUTS = ['lateral', 'precision', 'errorSynapses', 'leak', 'topDown'] as const;
const MOST_UNITS = 64;
/** The picture the page opens with, and the empty page, by name: so their addresses stay short. */
const NAMED: Readonly<Record<string, () => Float32Array>> = {
  nine: firstDigit,
  blank: () => new Float32Array(firstDigit().length),
};

const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);

const readPin = (text: string): Pin | undefined => {
  const match = /^(\d{1,2})\.(\d{1,5})$/.exec(text);
  return match === null ? undefined : { layer: Number(match[1]), index: Number(match[2]) };
};
const printPin = ({ layer, index }: Pin): string => `${layer}.${index}`;

function readLesions(text: string): Lesions | undefined {
  const { layers, units, ...cuts } = NO_LESIONS;
  const read = { cuts: { ...cuts }, layers: [...layers], units: [...units] };
  for (const part of text.split(',')) {
    const cut = CUTS.find((name) => name === part);
    const layer = /^layer([1-9])$/.exec(part);
    const unit = part.startsWith('neuron') ? readPin(part.slice('neuron'.length)) : undefined;
    if (cut !== undefined) read.cuts[cut] = true;
    else if (layer !== null) read.layers.push(Number(layer[1]));
    else if (unit !== undefined && unit.layer > 0 && read.units.length < MOST_UNITS)
      read.units.push(unit);
    else return undefined;
  }
  return { ...read.cuts, layers: [...new Set(read.layers)].sort(), units: read.units };
}
const printLesions = (lesions: Lesions): string =>
  [
    ...CUTS.filter((cut) => lesions[cut]),
    ...lesions.layers.map((layer) => `layer${layer}`),
    ...lesions.units.slice(0, MOST_UNITS).map((unit) => `neuron${printPin(unit)}`),
  ].join(',');

const RANDOM = 'random.';

const TABLE: Table<Scene> = {
  drawing: {
    expected: `a picture of 28 × 28 pixels as Share link writes it, or one of ${Object.keys(NAMED).join(', ')}`,
    read: (text) => (Object.hasOwn(NAMED, text) ? NAMED[text]?.() : readPixels(text)),
    print: (pixels) =>
      Object.keys(NAMED).find((name) => same(pixels, NAMED[name]!())) ?? printPixels(pixels),
  },
  mask: {
    expected: 'a mask of 28 × 28 pixels as Share link writes it',
    read(text) {
      const by = text.startsWith(RANDOM) ? 'random' : 'brush';
      const mask = readMask(by === 'random' ? text.slice(RANDOM.length) : text);
      return mask && { by, mask };
    },
    print: ({ by, mask }) => (by === 'random' ? RANDOM : '') + printMask(mask),
  },
  lesions: {
    expected: `some of ${CUTS.join(', ')}, layer1 …, neuron1.57 …, with commas between them`,
    read: readLesions,
    print: printLesions,
  },
  pin: {
    expected: 'a layer and a neuron of it, such as 1.57',
    read: readPin,
    print: printPin,
  },
  stage: {
    expected: 'layers, learning, or contests with a layer, such as contests1',
    read(text) {
      if (text === 'layers') return null;
      if (text === 'learning') return text;
      const match = /^contests([1-9])$/.exec(text);
      return match === null ? undefined : Number(match[1]);
    },
    print: (stage) => (typeof stage === 'number' ? `contests${stage}` : (stage ?? 'layers')),
  },
  side: oneOf<SelectionSlice['sideTool']>('network', 'lesions'),
  live: oneOf<'on' | 'off'>('on', 'off'),
};

/** Reads what an address says of the scene. */
export const readScene = (pairs: Iterable<readonly [string, string]>) => readTable(TABLE, pairs);

/** The scene of a page as key and text, what is as usual left out. */
export function writeScene(
  state: Pick<DrawingSlice, 'drawing' | 'live'> &
    Pick<RunSlice, 'lesions'> &
    Pick<SelectionSlice, 'pin' | 'stage' | 'contestLayer' | 'sideTool'>,
): [string, string][] {
  const { pixels, mask, occlusion } = state.drawing.present;
  const pairs: [string, string][] = [['drawing', TABLE.drawing.print(pixels)]];
  if (mask !== null && (occlusion === 'brush' || occlusion === 'random'))
    pairs.push(['mask', TABLE.mask.print({ by: occlusion, mask })]);
  if (!isIntact(state.lesions)) pairs.push(['lesions', printLesions(state.lesions)]);
  if (state.pin !== null) pairs.push(['pin', printPin(state.pin)]);
  if (state.stage === 'contests') pairs.push(['stage', TABLE.stage.print(state.contestLayer)]);
  if (state.stage === 'learning') pairs.push(['stage', TABLE.stage.print('learning')]);
  if (state.sideTool !== 'network') pairs.push(['side', state.sideTool]);
  if (state.live) pairs.push(['live', 'on']);
  return pairs;
}

/** The drawing an address asks for, under the occlusion it asks for; `present` where it says nothing of either. */
export function drawingOf(
  { drawing, mask }: Partial<Scene>,
  occlusion: OcclusionPreset,
  present: Drawing,
): Drawing {
  if (drawing === undefined && mask === undefined) return present;
  const pixels = drawing ?? present.pixels;
  const nine = same(pixels, firstDigit());
  const origin = isBlank({ pixels }) ? '' : nine ? 'a drawn nine' : 'the drawing of the link';
  return mask === undefined
    ? { pixels, mask: presetMask(occlusion), occlusion, origin }
    : { pixels, mask: mask.mask, occlusion: mask.by, origin };
}
