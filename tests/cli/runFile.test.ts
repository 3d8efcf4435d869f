import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';
import { until } from '../helpers/until.ts';

import { decodeModel } from '../../src/io/modelFile.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { Session } from '../../src/worker/session.ts';
import { ngc, temporaryFolder } from './helpers.ts';

/*
 * A run that the page exported goes on on the command line: the same images in the same order, the same numbers.
 */
it('trains an exported run on as the page does', async () => {
  const folder = temporaryFolder();
  const session = new Session();
  const ask = <R extends Request>(request: R) =>
    session.handle(request) as Promise<Results[R['type']]>;
  const learn = async (times: number) => {
    for (let i = 0; i < times; i++) await ask({ type: 'weightUpdate', of: 'training' });
  };
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask({ type: 'selectDataset', dataset: 'synthetic' });
  const settings = { sizes: [784, 12, 12], steps: 6, batch: 20 };
  await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 3, settings });
  await learn(2);
  const { id } = await until(async () => {
    const have = { episode: 0, frames: 0, run: 0, points: 0 };
    const { autosave } = await ask({ type: 'pull', have });
    expect(autosave.card?.imagesSeen).toBe(40);
    return autosave.card!;
  });
  const run = join(folder, 'run.safetensors');
  writeFileSync(run, new Uint8Array((await ask({ type: 'exportRun', id })).bytes));
  const out = join(folder, 'on.safetensors');
  const args = ['--resume', run, '--images', '100', '--out', out, '--backend', 'cpu', '--test-limit', '0']; // prettier-ignore
  const said = await ngc('train', ...args);
  expect(said).toMatchObject({ status: 0 });
  await learn(3);
  const page = decodeModel((await ask({ type: 'saveModel' })).bytes, 'page');
  const there = decodeModel(readFileSync(`${out.replace('.safetensors', '')}.checkpoint.safetensors`), 'there'); // prettier-ignore
  expect(there.parameters).toEqual(page.parameters);
  expect(there.optimizer).toEqual(page.optimizer);
  expect(there.training).toEqual(page.training);
  // What the file says of the run no longer holds of what was trained on.
  expect(Object.keys(there.card ?? {})).not.toContain('run');
  const info = await ngc('info', run);
  expect(info.stdout).toMatch(/run +GNCN-PDH on Synthetic digits \(a training of the page/);
  expect(info.stdout).not.toContain('history');
}, 120_000);
