import type { FloatArray } from '../../src/shared/arrays.ts';

/** The bound every tensor of every golden case is held to, absolute. */
export const TOLERANCE = 1e-4;

/**
 * Adam's first step is a sign: where the raw change is all but zero, rounding decides it. Entries of `next.*` whose raw
 * change is smaller than this are not compared.
 */
const SIGN_NOISE = 1e-5;

/** The arrays of `actual` that differ from `expected` by more than the bound (or lack, or are NaN), with by how much. */
export function differences(
  actual: Readonly<Record<string, ArrayLike<number>>>,
  expected: ReadonlyMap<string, FloatArray>,
  adam: boolean,
): Record<string, number> {
  const tooLarge: Record<string, number> = {};
  for (const [name, { data }] of expected) {
    const raw = adam && name.startsWith('next.') ? expected.get(name.replace('next.', 'd')) : null;
    const got = actual[name];
    let worst = got?.length === data.length ? 0 : NaN;
    data.forEach((value, i) => {
      if (raw && Math.abs(raw.data[i]!) <= SIGN_NOISE) return;
      const difference = Math.abs((got?.[i] ?? NaN) - value);
      if (!(difference <= worst)) worst = difference; // NaN counts as worst
    });
    if (!(worst <= TOLERANCE)) tooLarge[name] = worst;
  }
  for (const name of Object.keys(actual)) if (!expected.has(name)) tooLarge[name] = NaN;
  return tooLarge;
}
