import { PIXELS, binariseValues } from '../../data/dataset.ts';
import { ACTIVATIONS } from '../../engine/activations.ts';
import { between, picturesOf } from '../../engine/latents/walk.ts';
import { latentsOf } from '../../engine/measures/latents.ts';
import type { CodeReport, WalkReport } from '../../protocol/latents.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Network } from '../network.ts';

/** A neuron can be driven so much further than the most active one is. */
const BEYOND = 1.5;

/** The codes of pictures, which are seen whole and binarised, one after the other [N·D]. */
function codesOf({ image }: Network, pictures: readonly Float32Array[]): Promise<Float32Array> {
  const seen = pictures.map(binariseValues);
  const read = (from: number, to: number) => {
    const rows = new Float32Array((to - from) * PIXELS);
    seen.slice(from, to).forEach((picture, i) => rows.set(picture, i * PIXELS));
    return rows;
  };
  return latentsOf(image, { count: seen.length, read });
}

/** Pictures on the straight line between the codes of two pictures, both ends included. */
export async function walkBetween(
  network: Network,
  { from, to, count }: { from: Float32Array; to: Float32Array; count: number },
): Promise<WalkReport> {
  const { image, version } = network;
  const codes = await codesOf(network, [from, to]);
  const width = image.latentWidth;
  const line = between(codes.subarray(0, width), codes.subarray(width), count);
  return { pictures: await picturesOf(image, line), count, version };
}

/** What the top layer makes of a picture, and what that alone looks like. */
export async function codeOf(network: Network, pixels: Float32Array): Promise<CodeReport> {
  const { image, version } = network;
  const values = await codesOf(network, [pixels]);
  const most = Math.max(...values.map(Math.abs)) || 1;
  const [least, greatest] = ACTIVATIONS[image.config.activation].range;
  const picture = await picturesOf(image, { shape: [1, values.length], data: values });
  return {
    ...{ values, picture, version },
    low: Math.max(least, -BEYOND * most),
    high: Math.min(greatest, BEYOND * most),
  };
}

/** The picture of a code. Throws a usage error where it is not as long as the top layer. */
export async function pictureOf({ image }: Network, code: Float32Array): Promise<Float32Array> {
  const { latentWidth } = image;
  if (code.length !== latentWidth)
    throw new NgcError(
      'usage',
      `A code of this network has ${latentWidth} numbers, not ${code.length}.`,
    );
  return picturesOf(image, { shape: [1, latentWidth], data: code });
}
