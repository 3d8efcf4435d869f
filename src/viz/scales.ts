/** What a heatmap's colours mean: from `low` to `high`. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
}

/** The level (0 … 255) of a value on a scale; values outside take the end's colour. */
export function levelOf(value: number, { low, high }: ValueScale): number {
  if (!(high > low)) return value > high ? 255 : 0;
  const share = (value - low) / (high - low);
  return share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255);
}

/** The largest absolute value, 0 for none. Values that are not finite do not count. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** Whether any value is clearly below zero. */
export function hasNegative(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! < -1e-6) return true;
  return false;
}

/**
 * A limit that does not flicker: it follows the largest value of an episode up at once, and when a new episode begins it comes
 * down by no more than a fifth, so that in training, where every batch is an episode, colours change gently.
 */
export interface RunningLimit {
  /** The limit after `size` was seen in episode `episode`. */
  update(episode: number, size: number): number;
  readonly value: number;
}

const FALL = 0.8;

export function createRunningLimit(): RunningLimit {
  let episode: number | null = null;
  let before = 0; // the limit of the episode before
  let peak = 0; // of this one
  const value = () => Math.max(peak, before * FALL);
  return {
    update(id, size) {
      if (id !== episode) {
        before = value();
        peak = 0;
        episode = id;
      }
      peak = Math.max(peak, size);
      return value();
    },
    get value() {
      return value();
    },
  };
}

const MINUS = '\u2212';

/** A short number for people: three significant digits, a true minus sign, an em dash for none. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6))
    return value.toExponential(1).replace('-', MINUS).replace(/^-/, MINUS);
  const decimals = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = value.toFixed(Math.min(decimals, digits));
  return text.replace('-', MINUS);
}
