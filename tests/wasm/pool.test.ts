import { beforeAll, expect, test } from 'vitest';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';
import { ownKernels } from '../helpers/ownKernels.ts';
import { copyOf, localMember } from '../helpers/pool.ts';

let own: Executor;
beforeAll(async () => {
  await useBackend('wasm');
  own = await ownKernels();
});

const STRONG: Partial<ModelConfig> = {
  ...{ learningRate: 0.7, precisionRate: 0.05, errorRate: 0.6, maxNorm: 1.1, maxNormAbove: 0.9 },
};

/** Three batches of seven images: what the synapses and precisions are then. */
async function learnt(model: Model, executor: Executor): Promise<Map<string, Float32Array>> {
  const x = binaryImages(7, 12);
  for (let batch = 0; batch < 3; batch++) {
    const settling = await executor.begin(model, x);
    await settling.advance(10);
    await settling.learn();
    settling.dispose();
  }
  x.dispose();
  const arrays = new Map<string, Float32Array>();
  for (const name of [...model.parameters.map((one) => one.name), 'P1', 'P2'])
    arrays.set(name, (await model.synapses.get(name).data()).slice() as Float32Array);
  return arrays;
}

test.each([
  { optimizer: 'sgd', normAxis: 0, here: 'own', there: 'own' },
  { optimizer: 'sgd', normAxis: 1, here: 'own', there: 'own' },
  { optimizer: 'adam', normAxis: 0, here: 'own', there: 'own' },
  { optimizer: 'sgd', normAxis: 0, here: 'own', there: 'op by op' },
  { optimizer: 'sgd', normAxis: 0, here: 'op by op', there: 'own' },
] as const)(
  'a pool learns what one thread learns: $optimizer, norms along $normAxis, owner $here, members $there',
  async ({ optimizer, normAxis, here, there }) => {
    const model = await smallModel('gncn-pdh', { ...STRONG, optimizer, normAxis });
    const shared = await copyOf(model);
    const by = (way: 'own' | 'op by op') => (way === 'own' ? own : opByOp);
    const members = [1, 2].map(() => localMember(() => Promise.resolve(by(there))));
    const pool = poolExecutor({ count: 2, waits: true, start: () => members }, by(here), 1);
    const [want, got] = [await learnt(model, opByOp), await learnt(shared, pool)];
    for (const [name, values] of want)
      values.forEach((value, i) => expect(got.get(name)![i], name).toBeCloseTo(value, 4));
    for (const { orders } of members) expect(orders).toContain('sum');
    pool.close();
    for (const each of [model, shared]) each.dispose();
  },
);
