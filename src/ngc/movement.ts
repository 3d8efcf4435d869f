/**
 * States that move by less than this share of their length in a step have settled. At that rate T = 50 more steps change them by a
 * tenth at most. Shipped models, half a digit hidden: after T steps they still move by 1 to 7 % a step; in a live episode, which leaks
 * more, those of type 2 come under it at about step 100, and without (self-excitation) they never do; t1 on a whole digit at 60.
 */
export const SETTLED = 0.002;

/**
 * How far a step moves the states: the largest relative change of a layer,
 *
 *   max over l of ‖z_l(t+1) − z_l(t)‖ / ‖z_l(t)‖
 *
 * A layer that rests at zero does not move (0/0 = 0); one that leaves zero, as all do in the first step, moves by its whole length: 1.
 *
 * @param z the states of one image, [J_l] of layer l at index l − 1
 * @param next the same a step later
 */
export function movement(
  z: readonly ArrayLike<number>[],
  next: readonly ArrayLike<number>[],
): number {
  return z.reduce((most, states, i) => {
    const moved = relativeChange(states, next[i]!);
    return Number.isNaN(most) || moved <= most ? most : moved; // what is not a number is not hidden
  }, 0);
}

function relativeChange(z: ArrayLike<number>, next: ArrayLike<number>): number {
  let length = 0;
  let change = 0;
  for (let j = 0; j < z.length; j++) {
    length += z[j]! ** 2;
    change += (next[j]! - z[j]!) ** 2;
  }
  if (length === 0) return change === 0 ? 0 : 1;
  return Math.sqrt(change / length);
}
