import { ACTIVE } from '../engine/constants.ts';
import type { FrameLayout, Section } from '../protocol/frame.ts';
import { largest } from './scales.ts';

/** Where frames come from, as far as scales need it. */
export interface FrameSource {
  readonly info: { readonly id: number; readonly layout: FrameLayout } | null;
  readonly count: number;
  /** The settling step frame `index` belongs to. */
  stepAt(index: number): number;
  read(section: Section, index: number): Float32Array | null;
}

/** What a scale is of: each kind of each layer has its own. */
export type Quantity = 'state' | 'prediction' | 'error';

/** What stays the same while one looks at an episode: the scales of all its heatmaps. */
export interface Scales {
  /** The largest size that a quantity of layer l reaches in the episode, as far as it is recorded; 0 while there is none. */
  limit(quantity: Quantity, layer: number): number;
  /** Whether the quantity is anywhere negative (errors; tanh, identity): then its colours are signed. */
  signed(quantity: Quantity, layer: number): boolean;
}

/** The scales of an episode, kept up with its frames. */
export interface FrameScales extends Scales {
  /** Looks at the frames that came since the last time. */
  update(source: FrameSource): void;
  /** Keeps the scales as they are, whatever episode comes, or lets them follow the episode again. */
  keep(kept: boolean): void;
}

/** What one quantity of a layer reaches, up and down. */
interface Reach {
  readonly most: number;
  readonly negative: boolean;
}

const NOWHERE: Reach = { most: 0, negative: false };

/** What a frame reaches, by quantity and layer; and by what it is known again. */
interface Seen {
  readonly step: number;
  readonly numbers: Float32Array | null;
  readonly reach: Readonly<Record<Quantity, readonly Reach[]>>;
}

const sectionOf = (layout: FrameLayout, quantity: Quantity, layer: number): Section | undefined =>
  ({
    state: layout.states[layer - 1],
    prediction: layout.predictions[layer],
    error: layout.errors[layer],
  })[quantity];

function reachOf(values: Float32Array | null): Reach {
  if (values === null) return NOWHERE;
  return { most: largest(values), negative: values.some((value) => value < -ACTIVE) };
}

/** The farthest of all frames. */
const farthest = (seen: readonly Seen[], quantity: Quantity, layer: number): Reach =>
  seen.reduce((far, { reach }) => wider(far, reach[quantity][layer] ?? NOWHERE), NOWHERE);

const wider = (a: Reach, b: Reach): Reach => ({
  most: Math.max(a.most, b.most),
  negative: a.negative || b.negative,
});

type Limits = Readonly<Record<Quantity, readonly Reach[]>>;

function limitsOf(layers: number, of: (quantity: Quantity, layer: number) => Reach): Limits {
  const each = (quantity: Quantity) => Array.from({ length: layers }, (_, l) => of(quantity, l));
  return { state: each('state'), prediction: each('prediction'), error: each('error') };
}

export function createFrameScales(): FrameScales {
  let episode: number | null = null;
  let layout: FrameLayout | null = null;
  let seen: Seen[] = [];
  let limits: Limits = limitsOf(0, () => NOWHERE);
  let kept: Limits | null = null;

  const look = (source: FrameSource, from: FrameLayout, index: number): Seen => ({
    step: source.stepAt(index),
    numbers: source.read(from.input, index),
    reach: limitsOf(from.sizes.length, (quantity, layer) => {
      const section = sectionOf(from, quantity, layer);
      return section === undefined ? NOWHERE : reachOf(source.read(section, index));
    }),
  });
  /** Whether a frame is still the one that was looked at. */
  const isSame = (before: Seen | undefined, source: FrameSource, index: number): boolean => {
    if (before === undefined || layout === null || index >= source.count) return false;
    const numbers = source.read(layout.input, index);
    return (
      before.step === source.stepAt(index) &&
      numbers?.buffer === before.numbers?.buffer &&
      numbers?.byteOffset === before.numbers?.byteOffset
    );
  };
  return {
    update(source) {
      const { info } = source;
      if (info === null) return;
      if (layout !== info.layout) kept = null; // another network: what was kept means nothing to it
      if (layout !== info.layout || episode !== info.id) seen = [];
      layout = info.layout;
      episode = info.id;
      // A live episode forgets its oldest frames, and a change between two steps replaces the newest.
      const forgotten = Math.max(
        0,
        seen.findIndex(({ step }) => step === source.stepAt(0)),
      );
      let same = Math.min(seen.length - forgotten, source.count);
      while (same > 0 && !isSame(seen[forgotten + same - 1], source, same - 1)) same--;
      const less = forgotten > 0 || same < seen.length;
      if (!less && same === source.count) return;
      const fresh: Seen[] = [];
      for (let index = same; index < source.count; index++) fresh.push(look(source, layout, index));
      const held = limits;
      seen = [...seen.slice(forgotten, forgotten + same), ...fresh];
      const whole = less || same === 0;
      limits = limitsOf(layout.sizes.length, (quantity, layer) =>
        whole
          ? farthest(seen, quantity, layer)
          : wider(held[quantity][layer] ?? NOWHERE, farthest(fresh, quantity, layer)),
      );
    },
    keep: (on) => void (kept = on ? limits : null),
    limit: (quantity, layer) => (kept ?? limits)[quantity][layer]?.most ?? 0,
    signed: (quantity, layer) =>
      quantity === 'error' || ((kept ?? limits)[quantity][layer]?.negative ?? false),
  };
}
