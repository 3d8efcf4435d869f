import type { Model } from '../../ngc/model.ts';
import type { Images, Work } from './images.ts';
import { settleAll } from './images.ts';

/** Settles every image and collects φ(z_L), [count, J_L] row-major. */
export async function topActivities(
  model: Model,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> {
  const width = model.config.sizes.at(-1)!;
  const latents = new Float32Array(images.count * width);
  await settleAll(
    model,
    images,
    async (activity, _x, from) => {
      latents.set(await activity.phiZ[model.layers]!.data(), from * width);
    },
    options,
  );
  return latents;
}
