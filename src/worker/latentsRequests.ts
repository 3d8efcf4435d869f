import { PIXELS } from '../data/dataset.ts';
import type { Covariance, PriorForm, ProjectionName } from '../protocol/latents.ts';
import { COVARIANCES, PROJECTIONS } from '../protocol/latents.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import type { Answers } from './answer.ts';
import {
  floats,
  intensities,
  number,
  oneOf,
  optional,
  orNull,
  record,
  whole,
} from '../shared/checks.ts';
import { codeOf, pictureOf, walkBetween } from './latents/codes.ts';
import { nearestImage } from './latents/nearest.ts';
import { drawSamples, tellPrior } from './sampling.ts';

type Latents =
  'sample' | 'prior' | 'latentMap' | 'cancelMap' | 'walk' | 'code' | 'decode' | 'nearest';

/** So many Gaussians a prior of the page may have. */
const MOST_GAUSSIANS = 200;
/** More images make no better map, and a page slow. */
const MOST_ON_A_MAP = 5_000;
const picture = intensities(PIXELS);
const form = record<PriorForm>({
  covariance: oneOf<Covariance>(COVARIANCES),
  components: whole(1, MOST_GAUSSIANS),
});

/** The requests about codes: samples, the prior they are drawn from, maps, walks. */
export const LATENTS_ANSWERS: Answers<Latents> = {
  sample: {
    check: record<FieldsOf<'sample'>>({
      count: whole(1, 10_000),
      seed: whole(0, Number.MAX_SAFE_INTEGER),
      component: optional(orNull(whole(0, 16_383))),
      temperature: optional(number(0, 10)),
    }),
    async run({ datasets, stepper, networks, task }, fields) {
      await datasets.arrived();
      await stepper.stop();
      return stepper.exclusive(() => drawSamples(networks.current, datasets.current, fields, task));
    },
  },
  prior: {
    check: record<FieldsOf<'prior'>>({ form: optional(orNull(form)) }),
    async run({ datasets, stepper, networks, task }, fields) {
      await datasets.arrived();
      await stepper.stop();
      return stepper.exclusive(() =>
        tellPrior(networks.current, datasets.current, fields.form, task),
      );
    },
  },
  latentMap: {
    check: record<FieldsOf<'latentMap'>>({
      projection: oneOf<ProjectionName>(PROJECTIONS),
      images: whole(4, MOST_ON_A_MAP),
    }),
    run: ({ mapper }, fields) => mapper.map(fields),
  },
  cancelMap: {
    check: record<object>({}),
    run({ mapper }) {
      mapper.cancel();
      return null;
    },
  },
  walk: {
    check: record<FieldsOf<'walk'>>({ from: picture, to: picture, count: whole(2, 1000) }),
    run: ({ stepper, networks }, fields) =>
      stepper.exclusive(() => walkBetween(networks.current, fields)),
  },
  code: {
    check: record({ pixels: picture }),
    run: ({ stepper, networks }, { pixels }) =>
      stepper.exclusive(() => codeOf(networks.current, pixels)),
  },
  decode: {
    check: record({ values: floats(16_384) }),
    run: ({ stepper, networks }, { values }) =>
      stepper.exclusive(async () => ({ picture: await pictureOf(networks.current, values) })),
  },
  nearest: {
    check: record({ pixels: picture }),
    async run({ datasets }, { pixels }) {
      await datasets.arrived();
      return nearestImage(datasets.loaded, pixels);
    },
  },
};
