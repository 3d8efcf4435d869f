import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

import { sign } from '../../src/engine/sign.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';

test.each(BACKENDS)('on %s, the sign of what is tiny is not 0', async (backend) => {
  await useBackend(backend);
  const values = [-3e30, -1, -8e-8, -1e-30, 0, 1e-30, 8e-8, 1, 3e30];
  const z = tf.tensor2d([values]);
  const signs = sign(z);
  expect([...(await signs.data())]).toEqual(values.map(Math.sign));
  tf.dispose([z, signs]);
});
