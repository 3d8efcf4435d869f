import type { AnyConfig } from './config/settings.ts';

/** A matrix [inputs, outputs] or a bias [outputs] that a model learns, by its name in files. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly [number, number] | readonly [number];
}

/** A matrix and the bias that goes with it. */
const affine = (matrix: string, bias: string, inputs: number, outputs: number): Parameter[] => [
  { name: matrix, shape: [inputs, outputs] },
  { name: bias, shape: [outputs] },
];

/** U_l [J_{l−1}, J_l] and c_l, from the pixels up to the code. */
export function encoderParameters({ sizes, variant }: AnyConfig): readonly Parameter[] {
  const layers = sizes.slice(1).flatMap((size, i) => {
    const l = i + 1;
    return affine(`U${l}`, `c${l}`, sizes[i]!, size);
  });
  const [below = 0, code = 0] = sizes.slice(-2);
  return variant === 'gvae' ? [...layers, ...affine('S', 's', below, code)] : layers;
}

/** W_l [J_l, J_{l−1}] and b_{l−1}, as far as an NGC network has them. */
export function decoderParameters({ sizes }: AnyConfig): readonly Parameter[] {
  return sizes.slice(1).flatMap((size, i) => affine(`W${i + 1}`, `b${i}`, size, sizes[i]!));
}

/** D_i and k_i of the discriminator, from the code to one logit. */
export function discriminatorParameters(
  code: number,
  units: readonly number[],
): readonly Parameter[] {
  const widths = [code, ...units, 1];
  return units.concat(1).flatMap((width, i) => affine(`D${i + 1}`, `k${i + 1}`, widths[i]!, width));
}

/** Everything that a model learns, in file order. */
export function parametersOf(config: AnyConfig): readonly Parameter[] {
  const encoder = encoderParameters(config);
  const top = config.sizes.at(-1)!;
  if (config.variant === 'dsrn') return [...encoder, ...affine('Y', 'y', top, config.classes)];
  const autoencoder = [...encoder, ...decoderParameters(config)];
  return config.variant === 'gan-ae'
    ? [...autoencoder, ...discriminatorParameters(top, config.discriminator)]
    : autoencoder;
}
