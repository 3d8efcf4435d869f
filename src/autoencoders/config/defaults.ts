import type { AutoencoderConfig, DsrnConfig } from './settings.ts';

/*
 * What each kind is unless it is said otherwise (baselines.md; what the paper leaves open is chosen there).
 */

/** Length of the code. */
const CODE = 20;
const MNIST = 784;

/** Synapses that the matrices may hold: the paper's budget for MNIST; for other pictures what a GNCN-PDH of 360-360-360 has in W, E and M. */
const budgetOf = (pixels: number): number =>
  pixels === MNIST ? 1_400_000 : 3 * 360 * pixels + 5 * 360 ** 2;

/**
 * [J0, H, H, 20] with the largest H whose matrices keep within the budget: U and W [J0·H + H² + 20·H each], and `heads` that read
 * from the encoder beside the mean [20·H each].
 */
export function sizesWithin(pixels: number, heads = 0): readonly number[] {
  const synapses = (h: number) => 2 * h * (pixels + h + CODE) + heads * h * CODE;
  let h = 1;
  while (synapses(h + 1) <= budgetOf(pixels)) h++;
  return [pixels, h, h, CODE];
}

/** Step sizes that go with the optimizers. */
const RATE = { sgd: 0.05, adam: 0.001 } as const;

type Optimizer = keyof typeof RATE;

const learning = (optimizer: Optimizer) => ({
  ...{ initSd: 0.1, clip: 5, optimizer, learningRate: RATE[optimizer], batch: 200 },
});

/** The settings of an autoencoder of which nothing but its kind, and perhaps the optimizer, is said. */
export function autoencoderDefaults(
  variant: AutoencoderConfig['variant'],
  optimizer?: Optimizer,
): AutoencoderConfig {
  const common = (usual: Optimizer, heads = 0) => ({
    sizes: sizesWithin(MNIST, heads),
    ...learning(optimizer ?? usual),
    decay: 0.001,
  });
  switch (variant) {
    case 'rae':
      return { variant, ...common('sgd'), latentDecay: 0 };
    case 'gvae-cv':
      return { variant, ...common('sgd'), variance: 0.1 };
    case 'gvae':
      return { variant, ...common('sgd', 1) };
    case 'gan-ae':
      return { variant, ...common('adam'), discriminator: [256, 256], adversarialRate: 0.001 };
    default:
      return variant satisfies never;
  }
}

/** The same of the classifier. */
export function dsrnDefaults(optimizer: Optimizer = 'adam'): DsrnConfig {
  const sizes = [MNIST, 661, 661, 661];
  return { variant: 'dsrn', sizes, ...learning(optimizer), sparsity: 1e-4, classes: 10 };
}
