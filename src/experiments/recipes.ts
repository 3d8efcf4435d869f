import type { Budget, Row, Settings, Stage, Training } from './experiment.ts';
import type { LabDataset } from './experiment.ts';

/*
 * How each kind of model is trained under each budget. docs/choices.md says how the settings were found, and how they compare
 * with others on held-out training images. The paper's own settings are those of "paper".
 */

/** Training images that are left when 2,000 are held out. */
const MNIST = 58_000;
/** What "quick" learns from. */
const QUICK = 7_500;

const AUTOENCODERS = ['rae', 'gvae-cv', 'gvae', 'gan-ae'] as const;

/** Type 2: few and long settling steps (β·T as in the paper). Shorter settling costs log p(x): the trade-off shows how much. */
const TYPE_2: Settings = { optimizer: 'sgd', learningRate: 1.5, beta: 0.25, steps: 20 };

type Recipe = Pick<Training, 'stages' | 'every'> & Pick<Partial<Training>, 'patience'>;

const adam = (images: number, every: number, more: Settings = {}): Recipe => ({
  stages: [{ images, settings: { optimizer: 'adam', learningRate: 0.001, ...more } }],
  every,
});

/** A few minutes for a table: 7,500 images, which the autoencoders, faster for an image, pass over three times. */
function quick(variant: string): Recipe {
  const batch = 100;
  const ngc = (settings: Settings): Recipe => ({
    stages: [{ images: QUICK, settings: { ...settings, rateHalfLife: 10_000, batch } }],
    every: QUICK / 3,
  });
  switch (variant) {
    case 'gmm':
      return { stages: [{ images: 2 * QUICK, settings: { batch: QUICK } }], every: QUICK };
    case 'dsrn':
      return { ...adam(3 * QUICK, QUICK / 2, { batch }), patience: 4 };
    case 'gncn-t1':
      return ngc({ learningRate: 0.003, steps: 30, beta: 0.15, maxNorm: 1.5 });
    case 'gncn-t1-sigma':
      return ngc({ learningRate: 0.003, maxNorm: 1.5 });
    case 'gncn-t2-lsigma':
      return ngc({ ...TYPE_2, maxNorm: 1.5 });
    case 'gncn-pdh':
      return ngc({ ...TYPE_2, maxNorm: 2, maxNormAbove: 0.5 });
    default:
      return adam(3 * QUICK, QUICK / 2, { batch });
  }
}

/** Some ten minutes a model on two cores. */
function standard(variant: string): Recipe {
  switch (variant) {
    case 'gmm':
      return { stages: [{ images: 12 * MNIST, settings: { batch: MNIST } }], every: MNIST };
    case 'dsrn':
      return { ...adam(15 * MNIST, MNIST / 2), patience: 4 };
    case 'gncn-t1':
      return {
        stages: [
          { images: 40_000, settings: { learningRate: 0.003, rateHalfLife: 15_000, steps: 30, beta: 0.15, maxNorm: 1.5 } }, // prettier-ignore
          { images: 72_000, settings: { rateHalfLife: 30_000 } },
        ],
        every: 8_000,
      };
    case 'gncn-t1-sigma':
      return {
        stages: [
          { images: 30_000, settings: { learningRate: 0.003, rateHalfLife: 10_000, maxNorm: 1.5 } },
          { images: 60_000, settings: { rateHalfLife: 20_000 } },
          { images: 76_000, settings: { maxNorm: 1.25, rateHalfLife: 30_000 } },
        ],
        every: 8_000,
      };
    case 'gncn-t2-lsigma':
      return {
        stages: [
          { images: 60_000, settings: { ...TYPE_2, rateHalfLife: 20_000, maxNorm: 1.1 } },
          { images: 120_000, settings: { maxNorm: 1.03, rateHalfLife: 30_000 } },
        ],
        every: 10_000,
      };
    case 'gncn-pdh':
      return {
        stages: [
          { images: 60_000, settings: { ...TYPE_2, rateHalfLife: 20_000, maxNorm: 1.6, maxNormAbove: 0.5 } }, // prettier-ignore
          { images: 120_000, settings: { maxNorm: 1.45, rateHalfLife: 30_000 } },
        ],
        every: 10_000,
      };
    default:
      return adam(5 * MNIST, MNIST / 2);
  }
}

/** What the paper says: batches of 200, 50 epochs; what it leaves open is the default of each kind. */
function paper(variant: string): Recipe {
  if (variant === 'dsrn') return { ...adam(50 * MNIST, MNIST), patience: 4 };
  if (variant === 'gmm')
    return { stages: [{ images: 50 * MNIST, settings: { batch: MNIST, components: 75 } }], every: MNIST }; // prettier-ignore
  const sgd = AUTOENCODERS.some((name) => name === variant) && variant !== 'gan-ae';
  const settings: Settings = sgd ? { optimizer: 'sgd', learningRate: 0.05 } : {};
  return { stages: [{ images: 50 * MNIST, settings }], every: MNIST };
}

const RECIPES: Record<Budget, (variant: string) => Recipe> = { quick, standard, paper };

/** Smaller sets are passed over as often as MNIST is, and no more. */
function scaled(stages: readonly Stage[], share: number): readonly Stage[] {
  return stages.map((stage) => ({ ...stage, images: Math.round(stage.images * share) }));
}

/** Images of the part of Fashion-MNIST that are left when a tenth is held out. */
const PART = 3_060;
/** The part is passed over this many times as often as MNIST: what is small needs more epochs. */
const PART_PASSES = 4;

/** The training of a row on a dataset under a budget, or null for rows that are not trained. */
export function trainingOf(
  row: Row,
  dataset: LabDataset,
  seed: number,
  budget: Budget,
): Training | null {
  if (row.variant === null) return null;
  const { stages, every, ...rest } = RECIPES[budget](row.variant);
  const of = budget === 'quick' ? QUICK : MNIST;
  const small = dataset === 'fmnist-part';
  const share = small ? (PART_PASSES * PART) / of : 1;
  const [first, ...later] = scaled(stages, share);
  if (!first) return null;
  const settings = { ...first.settings, ...row.changes };
  return {
    variant: row.variant,
    dataset,
    subset: budget === 'quick' && !small ? QUICK : null,
    ...(budget === 'quick' && { looksAt: 500 }),
    seed,
    stages: [{ ...first, settings }, ...later.map((stage) => ({ ...stage, settings: { ...stage.settings, ...row.changes } }))], // prettier-ignore
    every: Math.max(200, Math.round(every * share)),
    ...rest,
  };
}
