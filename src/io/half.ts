/**
 * IEEE 754 binary16 ("F16"): 1 sign, 5 exponent and 10 mantissa bits. Halves are held as their bit
 * patterns in Uint16Array, since Float16Array is not everywhere yet.
 */

/** The bit pattern of every half, as 32-bit floats; exact, because each half is a float. */
export function halvesToFloats(halves: Uint16Array): Float32Array {
  const floats = new Float32Array(halves.length);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const mantissa = half & 0x3ff;
    if (exponent === 0) {
      floats[i] = mantissa * 2 ** -24; // zero and subnormals
      bits[i]! |= sign;
    } else if (exponent === 31) {
      bits[i] = sign | 0x7f800000 | (mantissa << 13); // infinity and NaN
    } else {
      bits[i] = sign | ((exponent + 112) << 23) | (mantissa << 13); // 112 = 127 − 15, the biases
    }
  }
  return floats;
}

/**
 * The half nearest to each float, ties to the even mantissa. From 65520 on, which is halfway
 * between the largest half and the next, the nearest is infinity; NaN stays NaN.
 */
export function floatsToHalves(floats: Float32Array): Uint16Array {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  const halves = new Uint16Array(floats.length);
  for (let i = 0; i < floats.length; i++) {
    const sign = (bits[i]! >>> 16) & 0x8000;
    halves[i] = sign | magnitudeToHalf(bits[i]! & 0x7fffffff);
  }
  return halves;
}

/** The half of a float whose sign bit is cleared, both as bit patterns. */
function magnitudeToHalf(bits: number): number {
  if (bits > 0x7f800000) return 0x7e00; // NaN
  if (bits >= 0x47800000) return 0x7c00; // 2¹⁶ and more: infinity
  if (bits >= 0x38800000) {
    // 2⁻¹⁴ and more: normal. Adding just under half of the lowest kept bit, and one more when that
    // bit is odd, makes the shift round to even; a carry runs into the exponent as it should.
    const rebased = bits - 0x38000000;
    return (rebased + 0xfff + ((rebased >>> 13) & 1)) >>> 13;
  }
  const exponent = bits >>> 23;
  if (exponent < 102) return 0; // under 2⁻²⁵, half of the smallest subnormal
  const mantissa = (bits & 0x7fffff) | 0x800000;
  const shift = 126 - exponent; // from units of 2^(exponent − 150) to units of 2⁻²⁴
  const kept = mantissa >>> shift;
  const lost = mantissa & ((1 << shift) - 1);
  const halfway = 1 << (shift - 1);
  return lost > halfway || (lost === halfway && (kept & 1) === 1) ? kept + 1 : kept;
}
