import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import type { ActivationName } from '../../src/engine/activations.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import type { Rng } from '../../src/shared/rng.ts';
import { createRng } from '../../src/shared/rng.ts';
import { useBackend } from '../helpers/backends.ts';
import { ownKernels } from '../helpers/ownKernels.ts';

let own: Executor;
beforeAll(async () => {
  await useBackend('wasm');
  own = await ownKernels();
});

/** Those that a rounding error cannot throw to another value. */
const SMOOTH: readonly ActivationName[] = ['identity', 'relu', 'tanh', 'sigmoid', 'softplus'];

const integer = (rng: Rng, from: number, to: number) =>
  from + Math.floor(rng.uniform() * (to - from + 1));
const oneOf = <T>(rng: Rng, values: readonly T[]): T => values[integer(rng, 0, values.length - 1)]!;

function randomConfig(rng: Rng, variant: Variant): ModelConfig {
  const sizes = Array.from({ length: integer(rng, 2, 5) }, () => integer(rng, 1, 40));
  const hidden = sizes.slice(1);
  const lateral = oneOf(rng, ['groups', 'band', 'none'] as const);
  const divisors = (size: number) =>
    Array.from({ length: size }, (_, i) => i + 1).filter((g) => size % g === 0);
  return parseConfig({
    ...{ variant, sizes, lateral, weightScale: 0.2 },
    groups: hidden.map((size) => oneOf(rng, divisors(size))),
    activation: oneOf(rng, SMOOTH),
    meanActivation: oneOf(rng, SMOOTH),
    precision: oneOf(rng, ['inverse', 'none'] as const),
    beta: 0.05 + 0.1 * rng.uniform(),
    laplace: oneOf(rng, [0, 0.02]),
    leak: oneOf(rng, [0, 0.01]),
    optimizer: oneOf(rng, ['sgd', 'adam'] as const),
    learningRate: 0.01,
    normAxis: oneOf(rng, [0, 1] as const),
    normMode: oneOf(rng, ['clip', 'force'] as const),
    maxNorm: 0.7,
  });
}

/** What a random set-up does, by an executor. */
async function numbersOf(seed: number, variant: Variant, executor: Executor) {
  const rng = createRng(seed);
  const config = randomConfig(rng, variant);
  const model = await Model.create(config, seed);
  const rows = integer(rng, 1, 70);
  const binary = (share: number) => {
    const values = Array.from({ length: rows * config.sizes[0]! }, () =>
      rng.uniform() < share ? 1 : 0,
    );
    return tf.tensor2d(values, [rows, config.sizes[0]!]);
  };
  const [x, mask] = [binary(0.4), rng.uniform() < 0.4 ? binary(0.6) : null];
  const cut = () => rng.uniform() < 0.2;
  const top = config.sizes.length - 1;
  const lesions = {
    ...NO_LESIONS,
    ...{ lateral: cut(), precision: cut(), errorSynapses: cut(), leak: cut(), topDown: cut() },
    units: cut() ? [{ layer: top, index: integer(rng, 0, config.sizes[top]! - 1) }] : [],
  };
  const learns = !mask && rng.uniform() < 0.6;
  const how = oneOf(rng, ['silent', 'eq19'] as const);
  const beginning = { mask, how, lesions: learns ? null : lesions, enduring: cut() };
  const settling = await executor.begin(model, x, beginning);
  await settling.advance(9);
  const numbers: Record<string, ArrayLike<number>> = {};
  const { z, mu, e } = await settling.read();
  for (const [family, tensors] of Object.entries({ z, mu, e }))
    for (const [l, tensor] of tensors.entries())
      numbers[`${family}${l}`] = (await tensor.data()).slice();
  if (learns) {
    await settling.learn();
    for (const { name } of model.parameters)
      numbers[`next ${name}`] = (await model.synapses.get(name).data()).slice();
  }
  settling.dispose();
  tf.dispose(mask ? [x, mask] : x);
  model.dispose();
  return numbers;
}

/** Adam's first step is a sign, whose size is the rate: it may turn where the change is all but zero. */
const gapAllowed = (name: string) => (name.startsWith('next') ? 2.1e-2 : 1e-4);

test.each(VARIANTS)('20 random set-ups of %s settle and learn as op by op', async (variant) => {
  for (let seed = 1; seed <= 20; seed++) {
    const want = await numbersOf(seed, variant, opByOp);
    const got = await numbersOf(seed, variant, own);
    expect(Object.keys(got)).toEqual(Object.keys(want));
    for (const [name, values] of Object.entries(want)) {
      let worst = 0;
      let apart = 0;
      for (let i = 0; i < values.length; i++) {
        const gap = Math.abs(values[i]! - got[name]![i]!);
        if (!(gap <= worst)) worst = gap;
        if (!(gap <= 1e-4)) apart++;
      }
      expect({ seed, name, worst, ok: worst <= gapAllowed(name) }).toMatchObject({ ok: true });
      // Signs that turned are few.
      expect(apart / values.length, `${seed} ${name}`).toBeLessThan(0.02);
    }
  }
});
