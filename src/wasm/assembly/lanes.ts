/*
 * Four numbers at a time. `RELAXED` is defined where the module may use relaxed SIMD: multiply and add then round once, or twice,
 * as the processor pleases.
 */

/** a·b + c. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The smaller of x and a limit, one instruction where `f32x4.min` is many; x where it is no number. */
export function atMost(x: v128, limit: v128): v128 {
  return f32x4.pmin(x, limit);
}

/** The larger of x and a limit; x where it is no number. */
export function atLeast(x: v128, limit: v128): v128 {
  return f32x4.pmax(x, limit);
}

/** What is added to a number of less than 2²² so that it ends in its nearest whole number. */
const ROUNDING: f32 = 12582912;

/** eˣ (Cephes, relative error below 2e-7), x kept where the result is a number other than 0 and ∞. */
export function exp(x: v128): v128 {
  const inRange = atLeast(atMost(x, f32x4.splat(88.7)), f32x4.splat(-87.3));
  const rounded = f32x4.add(f32x4.mul(inRange, f32x4.splat(1.44269504)), f32x4.splat(ROUNDING));
  const n = f32x4.sub(rounded, f32x4.splat(ROUNDING));
  let r = f32x4.sub(inRange, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.9875691e-4);
  p = madd(p, r, f32x4.splat(1.3981999e-3));
  p = madd(p, r, f32x4.splat(8.3334519e-3));
  p = madd(p, r, f32x4.splat(4.1665795e-2));
  p = madd(p, r, f32x4.splat(1.6666665e-1));
  p = madd(p, r, f32x4.splat(0.5));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  // Of `rounded` the last bits are n: shifted, all else falls away.
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** log x of normal x > 0 (Cephes, absolute error below 1e-7 of the result's size). */
export function log(x: v128): v128 {
  const bits = i32x4.sub(x, i32x4.splat(0x3f3504f3)); // so that the mantissa is in √½ … √2
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const r = f32x4.sub(mantissa, f32x4.splat(1));
  let p = f32x4.splat(7.0376836e-2);
  p = madd(p, r, f32x4.splat(-1.151461e-1));
  p = madd(p, r, f32x4.splat(1.1676998e-1));
  p = madd(p, r, f32x4.splat(-1.242014e-1));
  p = madd(p, r, f32x4.splat(1.4249322e-1));
  p = madd(p, r, f32x4.splat(-1.6668057e-1));
  p = madd(p, r, f32x4.splat(2.0000714e-1));
  p = madd(p, r, f32x4.splat(-2.4999993e-1));
  p = madd(p, r, f32x4.splat(3.3333331e-1));
  const square = f32x4.mul(r, r);
  p = f32x4.mul(f32x4.mul(p, r), square);
  p = madd(exponent, f32x4.splat(-2.1219444e-4), p);
  p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
  return madd(exponent, f32x4.splat(0.693359375), f32x4.add(r, p));
}

/** The sum of the four. */
export function sumOf(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
