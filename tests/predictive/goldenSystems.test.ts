import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { golden } from '../helpers/golden.ts';
import { ngc, tensorsAt, temporaryFolder } from '../cli/helpers.ts';
import { wrongTensors } from './support.ts';

/*
 * The small systems of predictive coding, through the command line, against the independent float64 implementation.
 */
const folder = temporaryFolder();
const file = (name: string, part: string) =>
  fileURLToPath(new URL(`../golden/pc/${name}.${part}.safetensors`, import.meta.url));

test.each([
  ['kalman', ['--model', file('kalman', 'model')]],
  ['landscape', ['--system', 'landscape']],
  ['free-energy', ['--system', 'free-energy']],
])('%s', async (name, what) => {
  const out = join(folder, `${name}.safetensors`);
  const outcome = await ngc('trace', ...what, '--input', file(name, 'input'), '--out', out);
  expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
  const expected = golden(`pc/${name}`, 'expected').tensors;
  expect(wrongTensors(tensorsAt(out).tensors, expected)).toEqual({});
});
