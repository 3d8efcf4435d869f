import type { CodingModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/** The latents of every image, [count, D] row-major; `asLearnt`: as the model sees what it learns from. */
export async function latentsOf(
  model: CodingModel,
  images: Images,
  options: Work & { batch?: number; asLearnt?: boolean } = {},
): Promise<Float32Array> {
  const width = model.latentWidth;
  const all = new Float32Array(images.count * width);
  await eachBatch(
    images,
    model.pixels,
    async (x, from, onProgress) => {
      const perception = await model.perceive(x, { onProgress, asLearnt: options.asLearnt });
      try {
        all.set(await perception.latents.data(), from * width);
      } finally {
        perception.dispose();
      }
    },
    options,
  );
  return all;
}
