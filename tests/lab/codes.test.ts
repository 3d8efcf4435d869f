import { beforeAll, expect, test } from 'vitest';

import type { CodesFor } from '../../src/lab/priors.ts';
import { trainingLatents } from '../../src/lab/priors.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { createRng } from '../../src/shared/rng.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallModel } from '../helpers/models.ts';
import { silentWork } from './support.ts';

beforeAll(() => useBackend('cpu'));

const rng = createRng(3);
const pixels = Uint8Array.from({ length: 8 * 784 }, () => (rng.uniform() < 0.3 ? 255 : 0));
const images = { count: 8, pixels, labels: null };
const codes = async (changes: Partial<ModelConfig>, purpose: CodesFor) => {
  const config = { sizes: [784, 6, 6, 8], ...changes };
  const model = new NgcImageModel(await smallModel('gncn-pdh', config), opByOp);
  const { latents } = await trainingLatents(model, images, 8, 1, silentWork(), purpose);
  const { learnsBriefly } = model;
  model.dispose();
  return { codes: latents.data, learnsBriefly };
};

test('codes for a prior are those that were learnt from, codes for a classifier those that are read', async () => {
  const short = await codes({ steps: 3 }, 'prior');
  const long = await codes({ steps: 9 }, 'prior');
  expect(short.codes).not.toEqual(long.codes);
  expect([short, long].map(({ learnsBriefly }) => learnsBriefly)).toEqual([false, false]);
  const both = { steps: 9, learnSteps: 3 };
  expect(await codes(both, 'prior')).toEqual({ codes: short.codes, learnsBriefly: true });
  expect(await codes(both, 'classifier')).toEqual({ codes: long.codes, learnsBriefly: true });
});
