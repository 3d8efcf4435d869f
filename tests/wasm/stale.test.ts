import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import type { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { remember, restore } from '../../src/ngc/memento.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, randomMatrix, smallModel } from '../helpers/models.ts';
import { ownKernels } from '../helpers/ownKernels.ts';

let own: Executor;
beforeAll(async () => {
  await useBackend('wasm');
  own = await ownKernels();
});

/** The states of the top layer after five more steps. */
async function settled(executor: Executor, model: Model): Promise<number[]> {
  const x = binaryImages(3, 12);
  const settling = await executor.begin(model, x);
  await settling.advance(5);
  const states = [...(await (await settling.read()).z[model.layers]!.data())];
  settling.dispose();
  x.dispose();
  return states;
}

async function expectAsPlain(model: Model): Promise<void> {
  const want = await settled(opByOp, model);
  (await settled(own, model)).forEach((value, i) => expect(value).toBeCloseTo(want[i]!, 5));
}

test('synapses that are replaced between two episodes are those that settle the next', async () => {
  const model = await smallModel('gncn-pdh');
  await expectAsPlain(model);
  model.synapses.set('W2', randomMatrix(6, 6, 0.5, 21));
  model.synapses.set('P1', randomMatrix(6, 6, 0.3, 22));
  await expectAsPlain(model);
  model.dispose();
});

test('what was learnt is taken back to the bit, and settles as before', async () => {
  const model = await smallModel('gncn-pdh', { learningRate: 0.1 });
  const [memento, before] = [await remember(model), await settled(own, model)];
  const x = binaryImages(4, 12);
  const settling = await own.begin(model, x);
  await settling.advance(5);
  await settling.learn();
  expect(await settled(own, model)).not.toEqual(before);
  restore(model, memento);
  expect(await settled(own, model)).toEqual(before);
  settling.dispose();
  x.dispose();
  model.dispose();
});

test('a batch whose numbers are not finite teaches nothing, and says so', async () => {
  const model = await smallModel('gncn-t1', { activation: 'identity', beta: 1 });
  const memento = await remember(model);
  const x = binaryImages(3, 12);
  const huge = model.config.sizes.slice(1).map((size) => tf.fill<tf.Rank.R2>([3, size], 1e38));
  const settling = await own.begin(model, x, { states: huge });
  await settling.advance(3);
  await expect(settling.learn()).rejects.toMatchObject({ kind: 'diverged' });
  expect((await remember(model)).parameters).toEqual(memento.parameters);
  expect(model.updates).toBe(0);
  settling.dispose();
  tf.dispose([x, ...huge]);
  model.dispose();
});
