/** A seeded source of random numbers: the same seed gives the same numbers on every machine. */
export interface Rng {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Uniform integer in 0 … n − 1. */
  below(n: number): number;
  /** The whole state as five numbers, to continue later exactly where it stands. */
  save(): number[];
}

/** 32-bit mixing of a seed into well-spread state words (splitmix32). */
function splitmix32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x9e3779b9) >>> 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

function fromState(state: number[]): Rng {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  let spare = state[4] ?? NaN; // the second normal of a Box–Muller pair, NaN when none waits
  // sfc32: small, fast, passes PractRand.
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = NaN;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    below: (n) => Math.floor(uniform() * n),
    save: () => [a, b, c, d, spare],
  };
}

/** A generator for `seed` (an integer; only its low 32 bits count). */
export function createRng(seed: number): Rng {
  const mix = splitmix32(seed);
  return fromState([mix() | 0, mix() | 0, mix() | 0, mix() | 0, NaN]);
}

/** The generator whose `save()` gave `state`. JSON turns its NaN into null; both are understood. */
export function restoreRng(state: readonly (number | null)[]): Rng {
  return fromState(state.map((word) => word ?? NaN));
}

/** Independent seeds for parts of one experiment: `stream` names the part. */
export function deriveSeed(seed: number, stream: number): number {
  const mix = splitmix32((seed ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0);
  mix();
  return mix();
}

/** A random order of 0 … n − 1 (Fisher–Yates). */
export function permutation(n: number, rng: Rng): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}
