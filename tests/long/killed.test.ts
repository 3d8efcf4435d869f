import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { createRng } from '../../src/shared/rng.ts';
import { inTerminal, killedOnAndOn } from '../cli/dying.ts';
import { ngc, SMALL, smallDataset, temporaryFolder } from '../cli/helpers.ts';

const folder = temporaryFolder();
/** How often everything is tried. */
const TIMES = Number(process.env['NGC_TIMES'] ?? 100);

test(`kill -9 around saving, ${TIMES} times: the checkpoint is whole each time, and the training goes on exactly`, async () => {
  await killedOnAndOn(folder, TIMES, 7);
});

test(`Ctrl-C in a terminal by the README's command, ${TIMES} times: every batch that was learnt is kept`, async () => {
  const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 60, 10)];
  for (let n = 0; n < TIMES; n++) {
    const out = join(folder, `key-${n}`);
    const args = ['train', '--variant', 'gncn-pdh', ...data, '--test-limit', '0', '--epochs', '100000', '--backend', 'cpu', ...SMALL, '--out', `${out}.safetensors`]; // prettier-ignore
    let pressed = false;
    const { status, said } = await inTerminal(args, (sofar, press) => {
      if (pressed || !/Epoch 1:/.test(sofar)) return;
      pressed = true;
      setTimeout(() => press('\u0003'), (n * 37) % 500);
    });
    const [, stopped] = /Stopped after ([\d,]+) images/.exec(said) ?? [];
    expect([status === 0, stopped], said).toEqual([false, expect.anything()]); // npm has a status of its own
    const { stdout } = await ngc('info', `${out}.checkpoint.safetensors`, '--json');
    const { digest, training } = JSON.parse(stdout) as { digest: boolean; training: { imagesSeen: number } }; // prettier-ignore
    expect([digest, training.imagesSeen]).toEqual([true, Number(stopped!.replaceAll(',', ''))]);
  }
});

test('300 of 300 bits of a checkpoint that are flipped, wherever, are found', async () => {
  const out = join(folder, 'flipped');
  const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 60, 10)];
  expect(await ngc('train', '--variant', 'gncn-pdh', ...data, '--epochs', '1', '--backend', 'cpu', ...SMALL, '--out', `${out}.safetensors`)).toMatchObject({ status: 0 }); // prettier-ignore
  const bytes = readFileSync(`${out}.checkpoint.safetensors`);
  const rng = createRng(300);
  for (let n = 0; n < 300; n++) {
    const bit = Math.floor(8 * bytes.length * rng.uniform());
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(`${out}.damaged`, bytes);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    const { status, stderr } = await ngc('info', `${out}.damaged`);
    expect([bit, status, stderr]).toEqual([bit, 2, expect.stringContaining('flipped.damaged')]);
  }
});
