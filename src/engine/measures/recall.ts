/** How well images were recalled. */
export interface Recalled {
  /** Mean squared error a pixel. */
  readonly mse: number;
  /** Share of images whose nearest stored one is theirs. */
  readonly right: number;
  /** Share of images whose error is under `close`. */
  readonly close: number;
}

/** Under this mean squared error a pixel, an image counts as recalled. */
export const CLOSE = 0.005;

/** Measures recalled images [K, n] against those that are stored [K, n], row by row. */
export function measureRecall(
  recalled: Float32Array,
  stored: Float32Array,
  width: number,
): Recalled {
  const count = stored.length / width;
  const apart = (i: number, j: number) => {
    let sum = 0;
    for (let p = 0; p < width; p++) sum += (recalled[i * width + p]! - stored[j * width + p]!) ** 2;
    return sum / width;
  };
  let [mse, right, close] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const own = apart(i, i);
    mse += own / count;
    if (own < CLOSE) close += 1 / count;
    let nearest = true;
    for (let j = 0; j < count && nearest; j++) nearest = j === i || apart(i, j) > own;
    if (nearest) right += 1 / count;
  }
  return { mse, right, close };
}
