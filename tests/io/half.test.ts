import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floatsToHalves, halvesToFloats } from '../../src/io/half.ts';

/** The value of a half by the definition in IEEE 754. */
function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const mantissa = half & 1023;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + mantissa / 1024) * 2 ** (exponent - 15) : mantissa * 2 ** -24);
}

fc.configureGlobal({ seed: 20220415 }); // the same cases on every run

const all = Uint16Array.from({ length: 65536 }, (_, i) => i);

test('every one of the 65,536 halves decodes to its value by definition', () => {
  const floats = halvesToFloats(all);
  expect(all.filter((half) => !Object.is(floats[half], valueOf(half)))).toHaveLength(0);
});

test('every half that is not NaN encodes back to itself; NaN stays NaN', () => {
  const halves = floatsToHalves(halvesToFloats(all));
  const wrong = all.filter((half) =>
    Number.isNaN(valueOf(half)) ? !Number.isNaN(valueOf(halves[half]!)) : halves[half] !== half,
  );
  expect(wrong).toHaveLength(0);
});

/** The nearest half by search; 65536 stands where the next half would be, as IEEE rounding wants. */
function nearest(value: number): number {
  const size = Math.abs(value);
  const at = (half: number) => (half === 0x7c00 ? 65536 : valueOf(half));
  let below = 0;
  for (let step = 1 << 14; step > 0; step >>= 1)
    if (below + step <= 0x7c00 && at(below + step) <= size) below += step;
  const above = Math.min(below + 1, 0x7c00);
  const [down, up] = [size - at(below), at(above) - size]; // exact in float64
  const half = down < up || (down === up && below % 2 === 0) ? below : above;
  return Object.is(Math.sign(value), -1) || Object.is(value, -0) ? half | 0x8000 : half;
}

test('any float goes to the nearest half, ties to even', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      expect(floatsToHalves(Float32Array.of(value))[0]).toBe(nearest(value));
    }),
    { numRuns: 3000 },
  );
  // Within the range of halves, where random bit patterns seldom fall.
  fc.assert(
    fc.property(fc.float({ min: -70000, max: 70000, noNaN: true }), (value) => {
      expect(floatsToHalves(Float32Array.of(value))[0]).toBe(nearest(value));
    }),
    { numRuns: 3000 },
  );
});

test('the points halfway between two halves, and their float neighbours, round as IEEE says', () => {
  const neighbour = (value: number, by: number) => {
    const float = Float32Array.of(value);
    new Int32Array(float.buffer)[0]! += by;
    return float[0]!;
  };
  const floats: number[] = [];
  const expected: number[] = [];
  for (let half = 0; half < 0x7c00; half++) {
    const upper = half === 0x7bff ? 65536 : valueOf(half + 1);
    const middle = (valueOf(half) + upper) / 2;
    const even = half % 2 === 0 ? half : half + 1;
    floats.push(neighbour(middle, -1), middle, -middle, neighbour(middle, 1));
    expected.push(half, even, even | 0x8000, half + 1);
  }
  expect([...floatsToHalves(Float32Array.from(floats))]).toEqual(expected);
});
