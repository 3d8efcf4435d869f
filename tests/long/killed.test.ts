import { expect, test } from 'vitest';

import { inTerminal, killedOnAndOn } from '../cli/dying.ts';
import { ngc, SMALL, smallDataset, temporaryFolder } from '../cli/helpers.ts';
import { join } from 'node:path';

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
    expect([status, stopped], said).toEqual([1, expect.anything()]);
    const { stdout } = await ngc('info', `${out}.checkpoint.safetensors`, '--json');
    const { digest, training } = JSON.parse(stdout) as { digest: boolean; training: { imagesSeen: number } }; // prettier-ignore
    expect([digest, training.imagesSeen]).toEqual([true, Number(stopped!.replaceAll(',', ''))]);
  }
});
