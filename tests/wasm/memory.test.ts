import { beforeAll, expect, test } from 'vitest';

import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { ownExecutor } from '../../src/wasm/executor.ts';
import type { KernelModule } from '../../src/wasm/kernels.ts';
import { OwnSettling } from '../../src/wasm/settling.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';
import { ownModule } from '../helpers/ownKernels.ts';

let module: KernelModule;
beforeAll(async () => {
  await useBackend('wasm');
  module = await ownModule();
});

/** The states of the top layer of so many images after five steps, and whether our kernels made them. */
async function settled(executor: Executor, rows: number) {
  const model = await smallModel('gncn-pdh');
  const x = binaryImages(rows, 12);
  const settling = await executor.begin(model, x);
  await settling.advance(5);
  const states = [...(await (await settling.read()).z[model.layers]!.data())];
  const own = settling instanceof OwnSettling;
  for (const each of [settling, x, model]) each.dispose();
  return { states, own };
}

test('a batch that does not fit is said beforehand, once, with how many would, and settles op by op', async () => {
  const said: string[] = [];
  const short = ownExecutor(module, {
    tell: (sentence) => said.push(sentence),
    most: 60_000,
  });
  const { states, own } = await settled(short, 300);
  expect(own).toBe(false);
  expect(states).toEqual((await settled(opByOp, 300)).states);
  await settled(short, 400);
  expect(said).toHaveLength(1);
  const fitting = Number(/Up to (\d+) of this network fit/.exec(said[0]!)?.[1]);
  expect(fitting).toBeGreaterThan(1);
  expect(await settled(short, fitting)).toMatchObject({ own: true });
  expect(await settled(short, fitting + 1)).toMatchObject({ own: false });
});

test('a network that does not fit by itself is said to be too large', async () => {
  const said: string[] = [];
  const { own } = await settled(
    ownExecutor(module, { tell: (sentence) => said.push(sentence), most: 1000 }),
    1,
  );
  expect(own).toBe(false);
  expect(said[0]).toMatch(/This network is too large .* fewer neurons/);
});
