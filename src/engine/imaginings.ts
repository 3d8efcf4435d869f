/** Several wholes that a model imagines of one image that it sees in part, the best fitting first. */
export interface Imaginings {
  /** Which of the starts each came from. */
  readonly order: readonly number[];
  /** log p(x_seen | mu_0) of each, nats. */
  readonly seen: Float32Array;
  /** [N·J0]: seen pixels as they are, hidden ones as imagined. */
  readonly pictures: Float32Array;
  /** [J0]: their mean, each weighted by p(x_seen | mu_0): the estimate. */
  readonly mean: Float32Array;
  /** [J0]: their standard deviation, each counting alike: what the model leaves open. */
  readonly spread: Float32Array;
}

/**
 * Orders imaginings by how well they fit what is seen, and sums them up:
 *
 *   mean = Σ_i w_i·x_i, w_i ∝ p(x_seen | mu_0,i)        spread = √(1/N Σ_i (x_i − x̄)²), x̄ = 1/N Σ_i x_i
 *
 * @param pictures [N·J0], in any order
 * @param seen log p(x_seen | mu_0) of each [N], nats
 */
export function rankImaginings(pictures: Float32Array, seen: Float32Array): Imaginings {
  const count = seen.length;
  const pixels = pictures.length / count;
  const order = Array.from(seen.keys()).sort((a, b) => seen[b]! - seen[a]!);
  const best = seen[order[0]!]!;
  const weights = Float64Array.from(seen, (nats) => Math.exp(nats - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ordered = new Float32Array(pictures.length);
  const mean = new Float64Array(pixels);
  const plain = new Float64Array(pixels);
  order.forEach((row, place) => {
    const picture = pictures.subarray(row * pixels, (row + 1) * pixels);
    ordered.set(picture, place * pixels);
    picture.forEach((value, j) => {
      mean[j]! += (weights[row]! / total) * value;
      plain[j]! += value;
    });
  });
  for (let j = 0; j < pixels; j++) plain[j]! /= count; // of a pixel that is the same in all, exactly that
  const variance = new Float64Array(pixels);
  pictures.forEach((value, i) => {
    variance[i % pixels]! += (value - plain[i % pixels]!) ** 2 / count;
  });
  return {
    order,
    seen: Float32Array.from(order, (row) => seen[row]!),
    pictures: ordered,
    mean: Float32Array.from(mean),
    spread: Float32Array.from(variance, Math.sqrt),
  };
}
